import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENVIRONMENT_VARIABLE } from "../../../policies/environment";
import { createContext } from "../../cli/context";
import { formatTable } from "../../cli/table";
import { packFlags } from "../../policy/policy";
import { readSettings } from "../../rehearsal/rehearse";
import { type Operation, RehearsalSession } from "../../rehearsal/session";
import { type Benchmark, BenchmarkError } from "../benchmark";
import { median } from "../serving/report";

const STACK = "prod";
/** Each a preview without the pack and one with it, in turns, so that a busy minute meets both. */
const ROUNDS = 3;

/** `npm run bench -- policy`: what the pack adds to the preview of prod on simulated clouds. */
export const policyBenchmark: Benchmark = async (progress) => {
  const folder = mkdtempSync(join(tmpdir(), "tideline-bench-policy-"));
  try {
    const base = createContext(process.cwd(), process.env);
    const context = { ...base, env: { ...base.env, [ENVIRONMENT_VARIABLE]: STACK } };
    const session = await RehearsalSession.open({
      context,
      stack: STACK,
      settings: readSettings(context, STACK),
      folder: join(folder, "rehearsal"),
    });
    const flags = packFlags({ folder, environment: STACK });
    // The first run of all compiles and reads from disk what the others find in memory.
    await timed(session, flags);
    const without: number[] = [];
    const withPack: number[] = [];
    let steps = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      const plain = await timed(session, []);
      const checked = await timed(session, flags);
      steps = plain.steps.length;
      without.push(plain.seconds);
      withPack.push(checked.seconds);
      progress(`Round ${round}: ${plain.seconds.toFixed(2)} s, with the pack ${checked.seconds.toFixed(2)} s`);
    }
    return result(steps, without, withPack);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

async function timed(session: RehearsalSession, flags: readonly string[]): Promise<Operation> {
  const operation = await session.preview(flags);
  if (operation.code === 0) return operation;
  throw new BenchmarkError(`The preview of ${STACK} failed: ${operation.errors.join("\n") || operation.output}`);
}

function result(resources: number, without: readonly number[], withPack: readonly number[]) {
  const [plain, checked] = [median(without), median(withPack)];
  const report = {
    stack: STACK,
    simulated_clouds: true,
    resources,
    preview_seconds: { without_pack: plain, with_pack: checked },
    rounds: { without_pack: without, with_pack: withPack },
    ratios: { with_pack_over_without: checked / plain },
  };
  const added = `+${(100 * (checked / plain - 1)).toFixed(0)} %`;
  const rows = [
    ["", "seconds", "added"],
    ["without the pack", plain.toFixed(2), ""],
    ["with the pack", checked.toFixed(2), added],
  ];
  const heading = `Preview of ${STACK}, ${resources} resources on simulated clouds; medians of ${ROUNDS} rounds in turns`;
  return { report, text: `${heading}\n${formatTable(rows)}` };
}
