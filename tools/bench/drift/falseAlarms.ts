import { summariseColumns } from "../../../services/drift/dataSummary";
import { detectDrift } from "../../../services/drift/detect";
import { PRESET_NAMES, type PresetName } from "../../../services/drift/presets";
import { normalQuantile } from "../../../services/drift/statistics/distributions";
import { SeededRandom } from "../../../services/drift/statistics/seededRandom";
import type { Benchmark } from "../benchmark";

/** Runs of each row of the printed table. */
const RUNS = 1_000;
/** Rows of reference and window. */
const SIZES = [
  [500, 100],
  [500, 500],
  [3_000, 100],
  [3_000, 1_000],
] as const;
/** The level at which every preset's tests are made. */
export const NOMINAL_LEVEL = 0.05;

/** How often a preset found drift where there was none. */
export interface FalseAlarmRate {
  readonly preset: PresetName;
  readonly referenceRows: number;
  readonly currentRows: number;
  readonly runs: number;
  /** Share of runs in which the table was called drifted, with the 95% interval of Wilson's score. */
  readonly tables: number;
  readonly low: number;
  readonly high: number;
  /** Share of all columns of all runs that were called drifted. */
  readonly columns: number;
}

/** Compares tables of one distribution (eight columns of numbers, two of categories) `runs` times, each from its own seed. */
export async function falseAlarmRate(
  preset: PresetName,
  [referenceRows, currentRows]: readonly [number, number],
  runs: number,
): Promise<FalseAlarmRate> {
  let tables = 0;
  let columns = 0;
  let tested = 0;
  for (let run = 0; run < runs; run++) {
    const random = new SeededRandom(7919 * run + referenceRows + currentRows);
    const [reference, current] = [
      await summariseColumns(table(random, referenceRows), {}, "reference"),
      await summariseColumns(table(random, currentRows), {}, "window"),
    ];
    const report = await detectDrift(reference, current, { referenceId: null, preset, minimumRows: 5, tests: {} });
    if (report.drift_detected) tables++;
    columns += report.features_affected.length;
    tested += Object.keys(report.columns).length;
  }
  const [low, high] = wilson(tables, runs);
  return { preset, referenceRows, currentRows, runs, tables: tables / runs, low, high, columns: columns / tested };
}

/** `npm run bench -- false-alarms`: every preset without drift, 1,000 runs a size. */
export const falseAlarmBenchmark: Benchmark = async (progress) => {
  const rates: FalseAlarmRate[] = [];
  for (const preset of PRESET_NAMES) {
    for (const size of SIZES) {
      progress(`${preset}: ${size[0]} against ${size[1]} rows, ${RUNS} runs`);
      rates.push(await falseAlarmRate(preset, size, RUNS));
    }
  }
  return { report: { nominal: NOMINAL_LEVEL, rates }, text: tableText(rates) };
};

function table(random: SeededRandom, rows: number): Record<string, unknown[]> {
  const normal = () => normalQuantile(random.uniform() || 0.5);
  const draw = (value: () => unknown) => Array.from({ length: rows }, value);
  return {
    ...Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, draw(normal)])),
    ...Object.fromEntries(["e", "f"].map((name) => [name, draw(() => Math.exp(normal()))])),
    ...Object.fromEntries(["g", "h"].map((name) => [name, draw(() => random.index(20))])),
    colour: draw(() => ["red", "green", "blue", "black"][Math.floor(4 * random.uniform() ** 2)]),
    flag: draw(() => random.uniform() < 0.2),
  };
}

function wilson(hits: number, runs: number): [number, number] {
  const z = normalQuantile(0.975);
  const share = hits / runs;
  const centre = (share + (z * z) / (2 * runs)) / (1 + (z * z) / runs);
  const margin = (z / (1 + (z * z) / runs)) * Math.sqrt((share * (1 - share)) / runs + (z * z) / (4 * runs * runs));
  return [Math.max(0, centre - margin), Math.min(1, centre + margin)];
}

function tableText(rates: readonly FalseAlarmRate[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const lines = rates.map((rate) =>
    [
      rate.preset.padEnd(12),
      String(rate.referenceRows).padStart(9),
      String(rate.currentRows).padStart(7),
      percent(rate.tables).padStart(7),
      `${percent(rate.low)} to ${percent(rate.high)}`.padStart(16),
      percent(rate.columns).padStart(8),
    ].join("  "),
  );
  return [
    `Drift found without drift, ${rates[0]?.runs ?? 0} runs a row; nominal ${percent(NOMINAL_LEVEL)} of tables.`,
    "preset        reference   window   tables    95% interval   columns",
    ...lines,
  ].join("\n");
}
