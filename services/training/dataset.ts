/** A table for binary classification: one row a sample, one column a feature, one 0/1 label a row. */
export interface Dataset {
  /** Column names in the order of each row's values. */
  readonly features: readonly string[];
  /** Finite values, one array a sample. */
  readonly rows: readonly (readonly number[])[];
  /** Class index of each row, 0 or 1. */
  readonly labels: readonly number[];
}

/** A data set that cannot be trained on. The message names the file, the line and the column. */
export class DatasetError extends Error {
  override readonly name = "DatasetError";
}

const TARGET = "target";

/**
 * Reads comma-separated text: a header line, then one line a sample. The column named `target` holds the class, 0 or 1;
 * every other column is a feature, in the order of the header. Quoting is not needed for numbers, so it is not read.
 * @param source The file's name, for messages.
 * @throws {DatasetError} at the first line that is wrong.
 */
export function parseDataset(text: string, source: string): Dataset {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  const header = (lines[0] ?? "").split(",").map((name) => name.trim());
  const target = checkHeader(header, source);
  const rows: number[][] = [];
  const labels: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const values = parseLine(line, header, `${source} line ${index + 1}`);
    const [label = Number.NaN] = values.splice(target, 1);
    if (label !== 0 && label !== 1) {
      throw new DatasetError(`${source} line ${index + 1}: the column target holds ${label}. Allowed: 0 or 1.`);
    }
    rows.push(values);
    labels.push(label);
  }
  checkClasses(labels, source);
  return { features: header.filter((_, column) => column !== target), rows, labels };
}

/** The rows of a data set at the given indices, in that order. */
export function selectRows({ features, rows, labels }: Dataset, indices: readonly number[]): Dataset {
  const pick = <T>(values: readonly T[]) =>
    indices.map((index) => {
      const value = values[index];
      if (value === undefined) throw new RangeError(`Row ${index} is outside 0..${values.length - 1}.`);
      return value;
    });
  return { features, rows: pick(rows), labels: pick(labels) };
}

/** The values of every feature by name, as drift detection keeps them. */
export function toColumns({ features, rows }: Dataset): Record<string, number[]> {
  return Object.fromEntries(features.map((name, column) => [name, rows.map((row) => row[column] ?? Number.NaN)]));
}

function checkHeader(header: readonly string[], source: string): number {
  const target = header.indexOf(TARGET);
  if (target < 0) {
    throw new DatasetError(
      `${source} has no column "${TARGET}" in its header. Name the column that holds the class (0 or 1) "${TARGET}".`,
    );
  }
  if (header.length < 2) throw new DatasetError(`${source} has no feature beside "${TARGET}". At least one is needed.`);
  const bad = header.find((name, column) => name === "" || header.indexOf(name) !== column);
  if (bad !== undefined) {
    throw new DatasetError(
      `${source} line 1: the column name "${bad}" is empty or occurs twice. Give each its own name.`,
    );
  }
  return target;
}

function parseLine(line: string, header: readonly string[], place: string): number[] {
  const cells = line.split(",");
  if (cells.length !== header.length) {
    throw new DatasetError(`${place} has ${cells.length} values; the header names ${header.length} columns.`);
  }
  return cells.map((cell, column) => {
    const value = cell.trim() === "" ? Number.NaN : Number(cell);
    if (Number.isFinite(value)) return value;
    throw new DatasetError(
      `${place}, column ${header[column]}: found "${cell}". Allowed: a finite number. Mend the row or leave it out.`,
    );
  });
}

function checkClasses(labels: readonly number[], source: string): void {
  const positives = labels.filter((label) => label === 1).length;
  const negatives = labels.length - positives;
  if (positives >= 2 && negatives >= 2) return;
  throw new DatasetError(
    `${source} holds ${negatives} rows of class 0 and ${positives} of class 1. At least 2 of each are needed, so that both can be trained on and held out.`,
  );
}
