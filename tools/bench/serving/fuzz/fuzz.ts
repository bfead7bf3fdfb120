import { ServiceError } from "../../../../services/runtime/errors";
import { seededRandom } from "../../../../services/training/random";
import { type Benchmark, BenchmarkError } from "../../benchmark";
import { mutate } from "./mutate";
import { FUZZ_TARGETS, type FuzzTarget } from "./targets";

/** What became of a target's inputs. */
export interface FuzzCounts {
  readonly target: string;
  readonly inputs: number;
  /** Read as a sound request. */
  readonly accepted: number;
  /** Refused with a 4xx. */
  readonly refused: number;
  /** Neither: a crash, or an error that would be answered 5xx; at most a few are kept. */
  readonly failures: readonly { readonly input: string; readonly problem: string }[];
  /** Milliseconds that the slowest input took. */
  readonly slowestMs: number;
}

/** An input that takes longer than this hangs the server for others. */
const HANG_MS = 1_000;
const MOST_FAILURES = 5;
/** Inputs of each target on the command line; a million and more together. */
const INPUTS: Readonly<Record<string, number>> = {
  predict: 400_000,
  "infer, JSON": 300_000,
  "infer, binary": 200_000,
  gRPC: 200_000,
  gzip: 20_000,
};

/** Sends `inputs` mutations of a target's sound inputs through its reader. The same seed gives the same inputs. */
export async function fuzzTarget(target: FuzzTarget, inputs: number, seed: number): Promise<FuzzCounts> {
  const random = seededRandom(seed);
  const failures: { input: string; problem: string }[] = [];
  let accepted = 0;
  let refused = 0;
  let slowestMs = 0;
  for (let index = 0; index < inputs; index++) {
    const input = mutate(target.corpus, random);
    const startedAt = performance.now();
    let problem: string | undefined;
    try {
      const result = target.read(input);
      if (result instanceof Promise) await result;
      accepted++;
    } catch (error) {
      if (error instanceof ServiceError && error.status < 500) refused++;
      else problem = String((error as Error).stack ?? error);
    }
    const ms = performance.now() - startedAt;
    slowestMs = Math.max(slowestMs, ms);
    if (ms > HANG_MS) problem ??= `It took ${ms.toFixed(0)} ms.`;
    if (problem !== undefined && failures.length < MOST_FAILURES) {
      failures.push({ input: input.subarray(0, 300).toString("latin1"), problem: problem.slice(0, 600) });
    }
  }
  return { target: target.name, inputs, accepted, refused, failures, slowestMs: Number(slowestMs.toFixed(1)) };
}

/** `npm run bench -- fuzz`: a million and more broken inputs through every parser of the model server. */
export const fuzzBenchmark: Benchmark = async (progress) => {
  const seed = Number(process.hrtime.bigint() % 2_147_483_647n);
  const counts: FuzzCounts[] = [];
  for (const target of FUZZ_TARGETS) {
    progress(`Fuzzing ${target.name} with seed ${seed} ...`);
    counts.push(await fuzzTarget(target, INPUTS[target.name] ?? 100_000, seed));
  }
  const inputs = counts.reduce((sum, each) => sum + each.inputs, 0);
  const broken = counts.filter(({ failures }) => failures.length > 0);
  if (broken.length > 0) {
    throw new BenchmarkError(`With seed ${seed} the parsers failed:\n${JSON.stringify(broken, null, 2)}`);
  }
  const lines = counts.map(
    (each) =>
      `${each.target}: ${each.inputs} inputs, ${each.accepted} accepted, ${each.refused} refused with 4xx, the slowest took ${each.slowestMs} ms`,
  );
  const text = `${lines.join("\n")}\n${inputs} inputs with seed ${seed}: no crash, no 5xx, none longer than ${HANG_MS} ms.`;
  return { report: { seed, inputs, targets: counts }, text };
};
