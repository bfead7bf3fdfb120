import { ServiceError } from "../runtime/errors";
import { LIMITS } from "./limits";

export type ColumnKind = "numeric" | "categorical";

/** A checked column. Nulls are missing: they are counted and take no further part. */
export type Column = NumericColumn | CategoricalColumn;

export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  /** All rows, missing ones included. */
  readonly rows: number;
  readonly missing: number;
  /** The values present, finite, in row order; -0 is 0. */
  readonly values: Float64Array;
}

export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  readonly rows: number;
  readonly missing: number;
  /** Occurrences by category; numbers and booleans under their JSON text. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Values by column name as they came out of JSON; a Float64Array, with NaN where missing, as it came out of Arrow. */
export type RawColumns = Readonly<Record<string, unknown>>;

/** A column as JSON would have brought it: null where missing. */
export function plainValues(values: unknown): unknown {
  return values instanceof Float64Array ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values;
}

/**
 * Checks columns of a request and types them, one after the other as the caller asks for them, so that only one is in
 * memory twice. A column without a stated kind is numeric when its values are numbers,
 * categorical when they are strings or booleans.
 * @throws {ServiceError} 400 naming the column, the row and the value that is wrong.
 */
export function* parseColumns(raw: unknown, kinds: Readonly<Record<string, ColumnKind>>): Generator<Column> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw bad("invalid_columns", `columns is ${seen(raw)}; an object of arrays by column name is expected.`);
  }
  const entries = Object.entries(raw);
  if (entries.length === 0) throw bad("empty_data", "columns is empty; send at least one column.");
  if (entries.length > LIMITS.columns) {
    throw bad("too_many_columns", `There are ${entries.length} columns; at most ${LIMITS.columns} are allowed.`);
  }
  const known = new Set(entries.map(([name]) => name));
  const unknown = Object.keys(kinds).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw bad("unknown_column", `kinds names the column ${seen(unknown)}, which columns lacks.`);
  let first: { name: string; rows: number } | undefined;
  for (const [name, values] of entries) {
    checkName(name);
    if (!Array.isArray(values) && !(values instanceof Float64Array)) {
      throw bad("invalid_columns", `Column ${seen(name)} is ${seen(values)}; an array of values is expected.`, {
        column: name,
      });
    }
    first ??= { name, rows: values.length };
    if (values.length !== first.rows) {
      throw bad(
        "ragged_columns",
        `Column ${seen(name)} has ${values.length} values and column ${seen(first.name)} has ${first.rows}; all columns need the same number of rows.`,
        { column: name },
      );
    }
    if (values.length === 0) throw bad("empty_data", "The columns have no rows; send at least one.");
    yield parseColumn(name, values, kinds[name]);
  }
}

/**
 * Turns rows, objects with the same keys each, into columns.
 * @throws {ServiceError} 400 naming the row that differs from the first.
 */
export function columnsFromRows(rows: unknown): RawColumns {
  if (!Array.isArray(rows)) throw bad("invalid_rows", `rows is ${seen(rows)}; an array of objects is expected.`);
  if (rows.length === 0) throw bad("empty_data", "rows is empty; send at least one row.");
  const names = isRecord(rows[0]) ? Object.keys(rows[0]) : [];
  const columns = names.map(() => new Array<unknown>(rows.length));
  rows.forEach((row: unknown, index) => {
    if (!isRecord(row))
      throw bad("invalid_rows", `Row ${index} is ${seen(row)}; an object is expected.`, { row: index });
    names.forEach((name, position) => {
      if (!Object.hasOwn(row, name)) {
        throw bad("ragged_rows", `Row ${index} lacks ${seen(name)}, which row 0 has; write null for a missing value.`, {
          row: index,
          column: name,
        });
      }
      (columns[position] as unknown[])[index] = row[name];
    });
    const extra =
      Object.keys(row).length === names.length ? undefined : Object.keys(row).find((key) => !names.includes(key));
    if (extra !== undefined) {
      throw bad("ragged_rows", `Row ${index} has ${seen(extra)}, which row 0 lacks; write null for a missing value.`, {
        row: index,
        column: extra,
      });
    }
  });
  return Object.fromEntries(names.map((name, position) => [name, columns[position]]));
}

function parseColumn(name: string, values: readonly unknown[] | Float64Array, kind: ColumnKind | undefined): Column {
  const typed = values instanceof Float64Array;
  const inferred = kind ?? (typed ? "numeric" : inferKind(name, values));
  if (inferred === "numeric") return typed ? parseNumbers(name, values) : parseNumeric(name, values);
  return parseCategorical(name, plainValues(values) as unknown[], kind !== undefined);
}

function inferKind(name: string, values: readonly unknown[]): ColumnKind {
  const sample = values.find((value) => value !== null);
  if (sample === undefined) {
    throw bad("unknown_kind", `Column ${seen(name)} has only nulls, so its kind cannot be told; state it in kinds.`, {
      column: name,
    });
  }
  return typeof sample === "number" ? "numeric" : "categorical";
}

/** Sound values are taken as they are, not copied: whoever sends them must leave them alone. */
function parseNumbers(name: string, values: Float64Array): NumericColumn {
  let sound = 0;
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i] as number) <= LIMITS.magnitude) sound++;
  if (sound === values.length) return { kind: "numeric", name, rows: values.length, missing: 0, values };
  return parseNumeric(name, plainValues(values) as unknown[]);
}

function parseNumeric(name: string, values: readonly unknown[]): NumericColumn {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === null) continue;
    if (typeof value !== "number") {
      throw wrongValue("wrong_type", name, row, value, "a number is expected, or null where it is missing");
    }
    if (!Number.isFinite(value))
      throw wrongValue(
        "non_finite_number",
        name,
        row,
        value,
        "only finite numbers can be compared; write null where the value is missing",
      );
    if (Math.abs(value) > LIMITS.magnitude) {
      throw wrongValue(
        "number_too_large",
        name,
        row,
        value,
        `numbers between -${LIMITS.magnitude} and ${LIMITS.magnitude} are allowed`,
      );
    }
    present[count++] = value + 0;
  }
  return {
    kind: "numeric",
    name,
    rows: values.length,
    missing: values.length - count,
    values: present.subarray(0, count),
  };
}

function parseCategorical(name: string, values: readonly unknown[], numbersAllowed: boolean): CategoricalColumn {
  const counts = new Map<string, number>();
  let missing = 0;
  let type: string | undefined;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === null) {
      missing++;
      continue;
    }
    if (typeof value !== "string" && typeof value !== "boolean" && !(numbersAllowed && typeof value === "number")) {
      throw wrongValue(
        type === undefined ? "wrong_type" : "mixed_types",
        name,
        row,
        value,
        "a string or boolean is expected, or null where it is missing",
      );
    }
    type ??= typeof value;
    if (typeof value !== type) {
      throw wrongValue(
        "mixed_types",
        name,
        row,
        value,
        `the values before it are of type ${type}, and one column has one type`,
      );
    }
    const category = String(value);
    const before = counts.get(category);
    if (before === undefined) checkCategory(name, row, category, counts.size);
    counts.set(category, (before ?? 0) + 1);
  }
  return { kind: "categorical", name, rows: values.length, missing, counts };
}

function checkCategory(column: string, row: number, category: string, distinct: number): void {
  if (category.length > LIMITS.categoryLength) {
    throw bad(
      "category_too_long",
      `Row ${row} of column ${seen(column)} holds ${category.length} characters; a category has at most ${LIMITS.categoryLength}.`,
      { column, row },
    );
  }
  if (distinct >= LIMITS.categories) {
    throw bad(
      "too_many_categories",
      `Column ${seen(column)} has more than ${LIMITS.categories} distinct values; a column of identifiers or free text cannot be tested as categories. Leave it out.`,
      { column },
    );
  }
}

function checkName(name: string): void {
  if (name.length >= 1 && name.length <= LIMITS.columnNameLength && !/[\p{Cc}\p{Cs}]/u.test(name)) return;
  throw bad(
    "invalid_column_name",
    `The column name ${seen(name)} is not allowed: 1 to ${LIMITS.columnNameLength} characters without control characters.`,
  );
}

function wrongValue(code: string, column: string, row: number, value: unknown, expected: string): ServiceError {
  return bad(code, `Row ${row} of column ${seen(column)} is ${seen(value)}: ${expected}.`, { column, row });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bad(code: string, message: string, details?: Record<string, unknown>): ServiceError {
  return new ServiceError(400, code, message, details);
}

/** A value as JSON, cut short. */
function seen(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
