import { BenchmarkError } from "../benchmark";
import { type Absent, median } from "../serving/report";
import type { Round } from "./contender";
import type { TableSize } from "./tables";

/** Which of our cases answers the same question as a peer's, and what is told of the pair. */
export const PAIRS = {
  evidently_cold: { ours: "cold", theirs: "evidently" },
  evidently_stored: { ours: "stored", theirs: "evidently" },
  evidently_psi_cold: { ours: "psi_cold", theirs: "evidently_psi" },
  alibi_ks_cold: { ours: "ks_cold", theirs: "alibi_ks" },
  scipy_ks_cold: { ours: "ks_cold", theirs: "scipy_ks" },
  numpy_psi_cold: { ours: "psi_cold", theirs: "numpy_psi" },
  numpy_psi_loop: { ours: "psi_loop", theirs: "numpy_psi" },
} as const;
export type PairName = keyof typeof PAIRS;

/** A case's rounds, as medians. */
export interface CaseFigures {
  readonly cpu_seconds: number;
  readonly wall_seconds: number;
  readonly rounds: number;
}

/** All cases of one size: seconds, and how many times as fast we are. */
export interface SizeFigures extends TableSize {
  readonly cases: Readonly<Record<string, CaseFigures | Absent>>;
  /** Theirs over ours in processor seconds, so that above 1 we are faster; null without the peer. */
  readonly ratios: Readonly<Record<PairName, number | null>>;
  /** Rows a second of processor time into the sketches of a stream's window, and comparing them. */
  readonly stream_rows_per_second: number;
  /** What a window's sketches take when stored. */
  readonly stream_sketch_bytes: number;
}

/** The figures of one size from the rounds of each case. */
export function figuresOf(
  size: TableSize,
  rounds: ReadonlyMap<string, readonly Round[]>,
  absent: Absent | undefined,
): SizeFigures {
  const cases: Record<string, CaseFigures | Absent> = {};
  for (const [name, found] of rounds) {
    const [cpu, wall] = [median(found.map((round) => round.cpu)), median(found.map((round) => round.wall))];
    cases[name] = { cpu_seconds: cpu, wall_seconds: wall, rounds: found.length };
  }
  if (absent) for (const { theirs } of Object.values(PAIRS)) cases[theirs] = absent;
  const cpuOf = (name: string) => {
    const figures = cases[name];
    return figures && "cpu_seconds" in figures ? figures.cpu_seconds : undefined;
  };
  const ratios = Object.fromEntries(
    Object.entries(PAIRS).map(([pair, { ours, theirs }]) => {
      const [mine, other] = [cpuOf(ours), cpuOf(theirs)];
      return [pair, mine === undefined || other === undefined ? null : rounded(other / mine)];
    }),
  ) as Record<PairName, number | null>;
  return {
    ...size,
    cases,
    ratios,
    stream_rows_per_second: Math.round(size.rows / (cpuOf("stream") ?? Number.NaN)),
    stream_sketch_bytes: rounds.get("stream")?.[0]?.bytes ?? 0,
  };
}

/** Largest relative difference allowed between a peer's answer and ours; smaller numbers than this are as good as 0. */
const AGREEMENT = 1e-6;

/**
 * Holds our answers to a peer's, column by column.
 * @throws {BenchmarkError} naming the first column on which they differ: then the times compare different work.
 */
export function requireAgreement(pair: string, ours: Round["values"], theirs: Round["values"]): void {
  for (const [column, theirValue] of Object.entries(theirs)) {
    const ourValue = ours[column] ?? Number.NaN;
    if (Math.abs(ourValue - theirValue) <= AGREEMENT * Math.max(AGREEMENT, Math.abs(theirValue))) continue;
    throw new BenchmarkError(
      `${pair}: column ${column} is ${ourValue} by ours and ${theirValue} by the peer; the same work is not measured.`,
    );
  }
}

/** A table for people. */
export function toText(sizes: readonly SizeFigures[], conditions: readonly string[]): string {
  const lines = sizes.flatMap((size) => {
    const header = `${size.rows.toLocaleString("en")} rows x ${size.columns} columns`;
    const cases = Object.entries(size.cases).map(([name, figures]) =>
      "absent" in figures
        ? `  ${name.padEnd(20)} absent: ${figures.absent}`
        : `  ${name.padEnd(20)} ${seconds(figures.cpu_seconds)} s of processor, ${seconds(figures.wall_seconds)} s by the clock`,
    );
    const ratios = Object.entries(size.ratios).map(
      ([name, ratio]) => `  ${name.padEnd(20)} ${(ratio === null ? "unknown" : `${ratio} x`).padStart(9)}`,
    );
    const stream = `  streaming: ${size.stream_rows_per_second.toLocaleString("en")} rows/s a core, ${size.stream_sketch_bytes} bytes of sketches`;
    return [header, ...cases, "  times faster (theirs / ours, processor time):", ...ratios, stream, ""];
  });
  return [...lines, ...conditions].join("\n");
}

function seconds(value: number): string {
  return value.toPrecision(3).padStart(8);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
