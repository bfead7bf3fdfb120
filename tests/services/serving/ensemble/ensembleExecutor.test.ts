/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ModelPackage, sha256 } from "../../../../services/runtime/modelPackage";
import type { RunningServing } from "../../../../services/serving/serving";
import { unaryPackage } from "../../../support/inferModels";
import { classifierPackage, publishPackage } from "../../../support/onnxModels";
import { postJson, startTestServing } from "../../../support/serving";
import { temporaryFolder } from "../../../support/temporaryFolder";

const root = temporaryFolder();
let count = 0;
let folder: string;
let service: RunningServing | undefined;

/** Negates the features, classifies, and takes the root of the probabilities. */
function ensemblePackage(): ModelPackage {
  const step = (model_name: string, input_map: object, output_map: object) => ({
    model_name,
    model_version: 1,
    input_map,
    output_map,
  });
  const model = Buffer.from(
    JSON.stringify({
      ensemble_scheduling: {
        step: [
          step("root", { p: "chances" }, { p_out: "probabilities" }),
          step("toy", { features: "clean" }, { probabilities: "chances", label: "label" }),
          step("negate", { x: "features" }, { x_out: "clean" }),
        ],
      },
    }),
  );
  const { card, reference } = classifierPackage(3, { name: "pipeline", platform: "ensemble" });
  return { card: { ...card, checksum: sha256(model) }, reference, model };
}

beforeEach(async () => {
  folder = join(root, String(count++));
  const spec = (name: string, width: number) => ({ name, datatype: "FP32" as const, shape: [-1, width] });
  await publishPackage(folder, classifierPackage(3));
  await publishPackage(folder, unaryPackage({ name: "negate", operator: "Neg", inputs: [spec("x", 3)] }));
  await publishPackage(folder, unaryPackage({ name: "root", operator: "Sqrt", inputs: [spec("p", 2)] }));
  await publishPackage(folder, ensemblePackage());
});
afterEach(async () => {
  await service?.close();
  service = undefined;
});
async function start(variables: Record<string, string> = {}): Promise<string> {
  service = await startTestServing({ OBJECT_STORE_URL: `file://${folder}`, MODEL_NAME: "pipeline", ...variables });
  return service.url;
}
type Prediction = { prediction: number; probabilities: number[] };

describe("an ensemble", () => {
  it.each(["inline", "thread"])("answers as its steps one after another, in batches, %s", async (EXECUTION) => {
    const url = await start({ MODELS: "toy", EXECUTION });
    const rows = Array.from({ length: 20 }, (_, index) => [index / 10, 1 - index / 7, 0.5]);
    await Promise.all(
      rows.map(async (row) => {
        const whole = await postJson<Prediction>(`${url}/predict`, { features: row });
        const inputs = [{ name: "features", datatype: "FP32", shape: [1, 3], data: row.map((value) => -value) }];
        const { body } = await postJson<{ outputs: { data: number[] }[] }>(`${url}/v2/models/toy/infer`, { inputs });
        const [label, probabilities] = body.outputs.map(({ data }) => data);
        expect(whole.status).toBe(200);
        expect(whole.body.prediction).toBe(label?.[0]);
        for (const [index, value] of (probabilities ?? []).entries()) {
          expect(whole.body.probabilities[index]).toBeCloseTo(Math.sqrt(value), 6);
        }
      }),
    );
    const metadata = await (await fetch(`${url}/v2/models/pipeline`)).json();
    expect(metadata).toMatchObject({ platform: "ensemble", versions: ["1"] });
    const { model_stats } = (await (await fetch(`${url}/v2/models/pipeline/stats`)).json()) as {
      model_stats: { inference_count: number; execution_count: number }[];
    };
    expect(model_stats[0]?.inference_count).toBe(20);
    expect(model_stats[0]?.execution_count).toBeLessThan(20);
  });

  it("is not loaded when a step is damaged, missing, or an ensemble itself", async () => {
    await writeFile(join(folder, "negate/1/model.onnx"), "damaged");
    await expect(start()).rejects.toThrow("negate/1/model.onnx in file:");
    await publishPackage(folder, { ...ensemblePackage(), card: { ...ensemblePackage().card, name: "negate" } });
    await expect(start()).rejects.toThrow(
      `pipeline/1/ensemble.json in file://${folder} has the step negate, an ensemble itself. Allowed: ONNX models.`,
    );
    await writeFile(join(folder, "pipeline/1/ensemble.json"), "{}");
    await expect(start()).rejects.toThrow("pipeline/1/ensemble.json in file:");
  });
});
