import type { Executor, TensorSpec } from "./executor";
import { joinRows } from "./joinRows";
import { type Tensor, type TensorData, takeRows } from "./tensor";
import { allocate, elementCount } from "./tensors/datatypes";
import { fromHalf, toHalf } from "./tensors/half";

/** Numbers that two ways of adding up the same terms may differ by, relative to their size. */
const TOLERANCE = 1e-3;

/** Runs of the greatest batch that are timed; the quickest counts, since others may have been disturbed. */
const TIMED_RUNS = 3;

/** What the first runs of a model tell. */
export interface WarmUp {
  /** Whether it gives a row for each row, and the same ones as when they come alone. */
  readonly batches: boolean;
  /** Milliseconds that its greatest batch takes. */
  readonly slowestMs: number;
}

/**
 * Runs a model once for every power of two of rows up to `greatest`, since the first run of a size is slow, and finds
 * out whether it may batch. A model that mixes rows would hand one caller another's answer, so it must run every
 * request by itself.
 * @throws {Error} when the model fails on rows of zeros; not where it leaves lengths open that no one here knows.
 */
export async function warmUp(executor: Executor, greatest: number): Promise<WarmUp> {
  const knownShapes = executor.inputs.every(({ shape }) => shape.indexOf(-1, 1) === -1);
  let { batches } = executor;
  let slowestMs = 0;
  for (let rows = 1; rows <= (batches ? greatest : 1); rows *= 2) {
    const inputs = executor.inputs.map((spec) => constantRows(spec, rows));
    try {
      const outputs = await executor.run(inputs);
      batches &&= outputs.every(({ shape }) => shape[0] === rows);
      if (!batches || rows * 2 > greatest) slowestMs = await quickestMs(() => executor.run(inputs));
    } catch (error) {
      if (knownShapes) throw new Error(`fails on a batch of ${rows} rows of zeros: ${(error as Error).message}`);
      break;
    }
  }
  return { batches: batches && !(await mixesRows(executor)), slowestMs };
}

async function quickestMs(run: () => Promise<unknown>): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY;
  for (let count = 0; count < TIMED_RUNS; count++) {
    const startedAt = performance.now();
    await run();
    quickest = Math.min(quickest, performance.now() - startedAt);
  }
  return quickest;
}

/** True when two unlike rows get other answers together than alone. Rows that the model cannot take prove nothing. */
async function mixesRows(executor: Executor): Promise<boolean> {
  const runRow = (row: number) => executor.run(executor.inputs.map((spec) => variedRow(spec, row)));
  let alone: (readonly Tensor[])[];
  let together: readonly Tensor[];
  try {
    alone = [await runRow(0), await runRow(1)];
    together = await executor.run(
      executor.inputs.map((spec) => joinRows(spec, [variedRow(spec, 0), variedRow(spec, 1)])),
    );
  } catch {
    return false;
  }
  return alone.some((outputs, row) =>
    outputs.some((tensor, index) => {
      const joined = together[index];
      return joined === undefined || !alike(takeRows(joined, row, 1), tensor);
    }),
  );
}

function alike(a: Tensor, b: Tensor): boolean {
  if (a.data.length !== b.data.length) return false;
  const element = ({ datatype, data }: Tensor, index: number) =>
    datatype === "FP16" ? fromHalf(Number(data[index])) : data[index];
  return Array.from<unknown>(a.data).every((_, index) => near(element(a, index), element(b, index)));
}

function near(a: unknown, b: unknown): boolean {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Object.is(a, b) || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}

function constantRows(spec: TensorSpec, rows: number): Tensor {
  const shape = shapeOf(spec, rows);
  const count = elementCount(shape);
  const data: TensorData =
    spec.datatype === "BYTES" ? new Array<string>(count).fill("") : allocate(spec.datatype, count);
  return { ...spec, shape, data };
}

/** A row of small values, unlike that of another number. */
function variedRow(spec: TensorSpec, row: number): Tensor {
  const { datatype } = spec;
  const rows = constantRows(spec, 1);
  const value = (index: number) => Math.abs(Math.sin(index * 2 + row * 5 + 1)) * 2;
  const data = Array.from({ length: rows.data.length }, (_, index) => {
    switch (datatype) {
      case "BYTES":
        return String.fromCharCode(97 + row);
      case "INT64":
      case "UINT64":
        return BigInt(Math.round(value(index)));
      case "BOOL":
        return (index + row) % 2;
      case "FP16":
        return toHalf(value(index));
      case "FP32":
      case "FP64":
        return value(index);
      default:
        return Math.round(value(index));
    }
  });
  if (datatype === "BYTES") return { ...rows, data: data as string[] };
  (rows.data as { set(values: readonly unknown[]): void }).set(data);
  return rows;
}

/** Lengths that the model leaves open are one, rows excepted. */
function shapeOf({ shape }: TensorSpec, rows: number): number[] {
  return shape.map((length, axis) => (length !== -1 ? length : axis === 0 ? rows : 1));
}
