import type { SortedSample } from "./statistics/samples";
import type { Table } from "./statistics/table";
import type { SampledColumn, TableProfile } from "./tableProfile";

/** Indicators that a categorical column becomes at most: its most frequent categories. */
const INDICATORS = 8;

interface Encoding {
  readonly width: number;
  readonly write: (column: SampledColumn, row: number, into: Float64Array, at: number) => void;
}

/**
 * The row samples of two profiles as tables of numbers in one scale: numbers in the reference's standard deviations
 * from its mean, missing ones at 0; a categorical column as one indicator a frequent category. Columns that only one
 * side has are left out. At most `maximumRows` of each, spread over the sample.
 */
export function sampleTables(
  reference: TableProfile,
  current: TableProfile,
  names: readonly string[],
  maximumRows: number,
): { reference: Table; current: Table } | undefined {
  const shared = names.filter((name) => reference.sample.has(name) && current.sample.has(name));
  const encodings = shared.map((name) => encodingOf(reference.sample.get(name) as SampledColumn));
  const width = encodings.reduce((sum, encoding) => sum + encoding.width, 0);
  if (width === 0) return undefined;
  const table = (profile: TableProfile) => tableOf(profile, shared, encodings, width, maximumRows);
  return { reference: table(reference), current: table(current) };
}

function tableOf(
  profile: TableProfile,
  names: readonly string[],
  encodings: readonly Encoding[],
  columns: number,
  maximumRows: number,
): Table {
  const rows = Math.min(profile.sampledRows, maximumRows);
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const row = Math.floor((i * profile.sampledRows) / rows);
    let at = i * columns;
    for (const [position, { width, write }] of encodings.entries()) {
      write(profile.sample.get(names[position] as string) as SampledColumn, row, values, at);
      at += width;
    }
  }
  return { values, rows, columns };
}

function encodingOf(column: SampledColumn): Encoding {
  return column.kind === "numeric" ? numericEncoding(presentValues(column.values)) : categoricalEncoding(column.values);
}

function numericEncoding(present: SortedSample): Encoding {
  const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length);
  const squares = present.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  // A constant column keeps its own unit: any change of it then shows.
  const scale = Math.sqrt(squares / Math.max(1, present.length)) || 1;
  return {
    width: 1,
    write: (column, row, into, at) => {
      const value = column.kind === "numeric" ? (column.values[row] as number) : Number.NaN;
      into[at] = Number.isNaN(value) ? 0 : (value - mean) / scale;
    },
  };
}

function categoricalEncoding(values: readonly (string | null)[]): Encoding {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const frequent = [...counts].sort(([, a], [, b]) => b - a).slice(0, INDICATORS);
  const position = new Map(frequent.map(([category], index) => [category, index]));
  return {
    width: frequent.length,
    write: (column, row, into, at) => {
      const value = column.kind === "categorical" ? column.values[row] : undefined;
      const index = value === null || value === undefined ? undefined : position.get(value);
      if (index !== undefined) into[at + index] = 1;
    },
  };
}

/** The values of a sampled numeric column that are not missing, ascending. */
export function presentValues(values: Float64Array): SortedSample {
  return values.filter((value) => !Number.isNaN(value)).sort();
}
