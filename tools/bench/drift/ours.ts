import { createInterface } from "node:readline";
import type { ColumnTestName } from "../../../services/drift/columnTests";
import { type DataSummary, summariseColumns } from "../../../services/drift/dataSummary";
import { detectDrift } from "../../../services/drift/detect";
import type { DriftReport } from "../../../services/drift/reportSchema";
import { compareColumn } from "../../../services/drift/sketches/compareColumn";
import { gridOfSummary, type ReferenceGrid } from "../../../services/drift/sketches/referenceGrid";
import { TableSketch } from "../../../services/drift/sketches/tableSketch";
import { populationStabilityIndex } from "../../../services/drift/statistics/populationStabilityIndex";
import { countSorted, quantileBins } from "../../../services/drift/statistics/quantileBins";
import { sortNumbers } from "../../../services/drift/statistics/sortNumbers";
import { readTable, type TableSize } from "./tables";

/** Rows that a stream hands over at once. */
const BATCH = 1_024;

interface Loaded {
  readonly reference: Record<string, Float64Array>;
  readonly window: Record<string, Float64Array>;
  /** As a stored reference is kept: summarised before. */
  readonly stored: DataSummary;
}

/** What a round gives: per column what it found, for comparison with the peers, and whatever else there is to say. */
interface Found {
  readonly values: Readonly<Record<string, number>>;
  readonly bytes?: number;
}

const CASES: Readonly<Record<string, (loaded: Loaded) => Promise<Found>>> = {
  cold: async ({ reference, window }) =>
    found(await compare(await summariseColumns(reference, {}, "reference"), window)),
  stored: async ({ stored, window }) => found(await compare(stored, window)),
  psi_cold: async ({ reference, window }) =>
    found(await compare(await summariseColumns(reference, {}, "reference"), window, "psi")),
  ks_cold: async ({ reference, window }) =>
    found(await compare(await summariseColumns(reference, {}, "reference"), window, "kolmogorov_smirnov")),
  psi_loop: async ({ reference, window }) => psiLoop(reference, window),
  stream: async ({ stored, window }) => stream(stored, window),
};

async function compare(
  reference: DataSummary,
  window: Record<string, Float64Array>,
  test?: ColumnTestName,
): Promise<DriftReport> {
  const current = await summariseColumns(window, {}, "window");
  const tests = test ? Object.fromEntries(Object.keys(window).map((name) => [name, { test }])) : {};
  return detectDrift(reference, current, { referenceId: "reference", minimumRows: 5, tests });
}

function found(report: DriftReport): Found {
  const entries = Object.entries(report.columns).map(([name, column]) => {
    return [name, column.test === "kolmogorov_smirnov" ? (column.p_value ?? 0) : column.statistic] as const;
  });
  return { values: Object.fromEntries(entries) };
}

/** The stability index alone, as a loop over columns with numpy has it. */
function psiLoop(reference: Record<string, Float64Array>, window: Record<string, Float64Array>): Found {
  const values = Object.entries(reference).map(([name, column]) => {
    const sorted = sortNumbers(column);
    const bins = quantileBins(sorted);
    const now = countSorted(sortNumbers(window[name] as Float64Array), bins);
    return [name, populationStabilityIndex(countSorted(sorted, bins), now)] as const;
  });
  return { values: Object.fromEntries(values) };
}

/** What a replica does with the rows of a window: into the sketch, batch by batch, then compared. */
function stream(stored: DataSummary, window: Record<string, Float64Array>): Found {
  const grids = new Map<string, ReferenceGrid>();
  for (const [name, summary] of stored.columns) {
    const grid = summary.kind === "numeric" ? gridOfSummary(summary) : undefined;
    if (grid) grids.set(name, grid);
  }
  const names = Object.keys(window);
  const sketch = TableSketch.create({ kinds: Object.fromEntries(names.map((name) => [name, "numeric"])), grids });
  const rows = window[names[0] ?? ""]?.length ?? 0;
  for (let from = 0; from < rows; from += BATCH) {
    sketch.insert(new Map(names.map((name) => [name, (window[name] as Float64Array).subarray(from, from + BATCH)])));
  }
  const values = names.map((name) => {
    const [before, now] = [stored.columns.get(name), sketch.columns.get(name)];
    return [name, before && now ? compareColumn(before, now).statistic.value : 0] as const;
  });
  return { values: Object.fromEntries(values), bytes: sketch.encode().length };
}

/** A line of the conversation with the benchmark: a table to load, or a round of a case on the table last loaded. */
type Order = { readonly load: TableSize & { reference: string; window: string } } | { readonly run: string };

async function main(): Promise<void> {
  let loaded: Loaded | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line) as Order;
    if ("load" in order) {
      loaded = undefined;
      const reference = readTable(order.load.reference, order.load);
      const window = readTable(order.load.window, order.load);
      loaded = { reference, window, stored: await summariseColumns(reference, {}, "reference") };
      // What a cached reference has from its first use on.
      await compare(loaded.stored, window);
      process.stdout.write("{}\n");
      continue;
    }
    const work = CASES[order.run];
    if (!loaded || !work) throw new Error(`Nothing is loaded, or there is no case ${order.run}.`);
    globalThis.gc?.();
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const result = await work(loaded);
    const used = process.cpuUsage(cpu);
    const seconds = { wall: (performance.now() - wall) / 1000, cpu: (used.user + used.system) / 1e6 };
    process.stdout.write(`${JSON.stringify({ ...seconds, ...result })}\n`);
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
