/** What a benchmark measured: one JSON object, and the same for people. */
export interface BenchmarkResult {
  readonly report: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** What the command line asks of a benchmark. */
export interface BenchmarkOptions {
  /** Whether less is measured, so that it ends in minutes. Benchmarks that end in minutes anyway pay no heed. */
  readonly quick: boolean;
}

/** Runs to the end and leaves nothing behind. `progress` takes one line of what is going on. */
export type Benchmark = (progress: (line: string) => void, options: BenchmarkOptions) => Promise<BenchmarkResult>;

/** Why a benchmark cannot be run or its numbers must not be believed, for the person who ran it. */
export class BenchmarkError extends Error {
  override readonly name = "BenchmarkError";
}
