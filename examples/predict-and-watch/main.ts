/**
 * An application of the platform: reads the stack's outputs, predicts real rows, then sends a stream whose texture
 * has shifted and says after how many rows the platform noticed.
 *
 *   npm run up && npm run example
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Outputs, parseOutputs } from "../../stacks/outputs";

interface Prediction {
  readonly prediction: number;
  readonly probabilities: readonly number[];
  readonly model_version: string;
  readonly drift_detected: boolean;
}

interface Dataset {
  readonly names: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

/** How far each shifted feature moves, as a factor. */
const SHIFT = 1.6;
/** Rows sent before we give up waiting for a verdict. */
const MOST_ROWS = 6000;
const PAUSE_MS = 5;

async function main(): Promise<void> {
  const outputs = readOutputs();
  const dataset = readDataset();
  console.log(`Serving ${outputs.modelName} version ${outputs.modelVersion} at ${outputs.servingUrl}`);
  await predictRealRows(outputs, dataset);
  // A window of an earlier run may still be under way, so real rows go first until no drift is reported.
  await stream(outputs, dataset, 1, false);
  console.log("Real rows again and again: no drift.");
  const noticed = await stream(outputs, dataset, SHIFT, true);
  console.log(`Every feature times ${SHIFT}: drift was noticed after ${noticed} rows.`);
}

/** From TIDELINE_OUTPUTS, a file with the stack's outputs as JSON, or else from the stack `local`. */
function readOutputs(): Outputs {
  const file = process.env.TIDELINE_OUTPUTS;
  if (file) return parseOutputs(readFileSync(file, "utf8"));
  const command = ["run", "--silent", "outputs", "--", "local", "--format", "json"];
  return parseOutputs(execFileSync("npm", command, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
}

function readDataset(): Dataset {
  const file = join(__dirname, "../../services/training/data/breast_cancer_wisconsin.csv");
  const [header = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const table = lines.map((line) => line.split(",").map(Number));
  const rows = table.map((row) => row.slice(0, -1));
  return { names: header.split(",").slice(0, -1), rows, targets: table.map((row) => row.at(-1) ?? Number.NaN) };
}

async function predictRealRows(outputs: Outputs, { names, rows, targets }: Dataset): Promise<void> {
  let right = 0;
  for (const [index, features] of rows.entries()) {
    const answer = await predict(outputs, features, names);
    if (answer.prediction === targets[index]) right += 1;
  }
  console.log(`Predicted ${rows.length} real rows, ${((100 * right) / rows.length).toFixed(1)} % right.`);
}

/**
 * Sends rows, their features times `factor`, until a prediction carries the wanted verdict; how many that took.
 * @throws {Error} when it never comes.
 */
async function stream(outputs: Outputs, { names, rows }: Dataset, factor: number, drifted: boolean): Promise<number> {
  for (let sent = 1; sent <= MOST_ROWS; sent += 1) {
    const row = rows[(sent * 101) % rows.length] ?? [];
    const features = row.map((value) => value * factor);
    const answer = await predict(outputs, features, names);
    if (answer.drift_detected === drifted) return sent;
    await sleep(PAUSE_MS);
  }
  throw new Error(`No prediction said drift_detected ${drifted} in ${MOST_ROWS} rows; see npm run logs -- drift.`);
}

async function predict(
  { servingUrl }: Outputs,
  features: readonly number[],
  names: readonly string[],
): Promise<Prediction> {
  const response = await fetch(`${servingUrl}/predict`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ features, feature_names: names }),
  });
  if (!response.ok) throw new Error(`Serving answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Prediction;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
