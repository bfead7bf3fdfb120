import { summariseColumns } from "../../services/drift/dataSummary";
import { type DetectOptions, detectDrift } from "../../services/drift/detect";
import type { DriftReport } from "../../services/drift/reportSchema";
import { SeededRandom } from "../../services/drift/statistics/seededRandom";
import { normalTable } from "./normalTable";

const random = new SeededRandom(3);

/** Fresh normal values at each call, the same ones in each run of a test file. */
export function normalValues(length: number, shift = 0): number[] {
  return Array.from(normalTable(length, 1, random.index(1e9)).values, (value) => value + shift);
}

/** As many values, repeating those given. */
export function repeated<T>(length: number, ...values: T[]): T[] {
  return Array.from({ length }, (_, i) => values[i % values.length] as T);
}

/** Compares two tables as a request would have them compared. */
export async function compareTables(
  reference: Record<string, unknown[]>,
  current: Record<string, unknown[]>,
  options: Partial<DetectOptions> = {},
): Promise<DriftReport> {
  return detectDrift(
    await summariseColumns(reference, {}, "reference"),
    await summariseColumns(current, {}, "window"),
    {
      referenceId: "r",
      minimumRows: 5,
      tests: {},
      ...options,
    },
  );
}
