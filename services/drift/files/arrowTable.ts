import {
  type Data,
  DataType,
  type Field,
  Precision,
  RecordBatchReader,
  type Schema,
  tableFromIPC,
  Vector,
} from "apache-arrow";
import type { ColumnKind, RawColumns } from "../columns";
import { LIMITS } from "../limits";
import type { ColumnBatch } from "../sketches/tableSketch";
import { TableFileError } from "./tableFileError";

/** Kind of an Arrow column; undefined for types that are neither numbers nor categories. */
export function arrowKind(type: DataType): ColumnKind | undefined {
  if (DataType.isFloat(type) || DataType.isInt(type)) return "numeric";
  if (DataType.isDictionary(type)) return isText(type.dictionary) ? "categorical" : undefined;
  return isText(type) || DataType.isBool(type) ? "categorical" : undefined;
}

/**
 * The columns of an Arrow IPC body, file or stream, as parseColumns takes those of a JSON body. NaN is missing,
 * which is how data frames write it.
 * @throws {TableFileError} when the bytes are no Arrow IPC, or a column is neither numbers nor categories.
 */
export function arrowColumns(body: Uint8Array): RawColumns {
  const table = attempt("The body", () => tableFromIPC(body));
  if (table.schema.fields.length === 0) throw new TableFileError("The body is no Arrow IPC stream: it has no columns.");
  const columns = table.schema.fields.map((field) => {
    const kind = requireKind("The body", field);
    const parts = (table.getChild(field.name)?.data ?? []).map((part) => toBatch(part, kind));
    return [field.name, kind === "numeric" ? joined(parts as Float64Array[]) : parts.flat()] as const;
  });
  return Object.fromEntries(columns);
}

/** Kinds of the columns that an Arrow IPC stream begins with, and its rows batch by batch in constant memory. */
export interface ArrowStream {
  readonly columns: readonly { readonly name: string; readonly type: string; readonly kind: ColumnKind | undefined }[];
  /** Hands over the rows of some columns, one record batch at a time. */
  read(names: readonly string[], use: (batch: ReadonlyMap<string, ColumnBatch>) => void): Promise<void>;
}

/** Opens an Arrow IPC stream or file that arrives in pieces. @throws {TableFileError} when it is none. */
export async function openArrow(bytes: AsyncIterable<Uint8Array>, label: string): Promise<ArrowStream> {
  const reader = await attemptLater(label, async () => (await RecordBatchReader.from(bytes)).open());
  const schema = reader.schema as Schema | undefined;
  if (!schema?.fields.length) throw new TableFileError(`${label} is no Arrow IPC stream: it has no columns.`);
  if (schema.fields.length > LIMITS.columns) {
    throw new TableFileError(`${label} has ${schema.fields.length} columns; at most ${LIMITS.columns} are allowed.`);
  }
  return {
    columns: schema.fields.map(({ name, type }) => ({ name, type: String(type), kind: arrowKind(type) })),
    read: (names, use) =>
      attemptLater(label, async () => {
        for await (const batch of reader) {
          const columns = names.map((name) => {
            const field = schema.fields.find((found) => found.name === name);
            const [part] = batch.getChild(name)?.data ?? [];
            if (!field || !part) throw new TableFileError(`${label} lacks the column ${JSON.stringify(name)}.`);
            return [name, toBatch(part, requireKind(label, field))] as const;
          });
          use(new Map<string, ColumnBatch>(columns));
        }
      }),
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0] as Float64Array;
  const values = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    values.set(part, end);
    end += part.length;
  }
  return values;
}

function toBatch(part: Data, kind: ColumnKind): ColumnBatch {
  // Half floats are stored as whole numbers, text in dictionaries: only a vector knows what they stand for.
  if (kind === "categorical") {
    const vector = new Vector([part]);
    return Array.from({ length: part.length }, (_, i) => toText(vector.get(i)));
  }
  const { type } = part;
  const { values } = part as NumberData;
  if (values instanceof Float64Array && part.nullCount === 0) return values.subarray(0, part.length);
  const numbers = new Float64Array(part.length);
  const half = DataType.isFloat(type) && type.precision === Precision.HALF ? new Vector([part]) : undefined;
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = part.getValid(i) ? Number(half ? half.get(i) : values[i]) : Number.NaN;
  }
  return numbers;
}

interface NumberData {
  readonly values: ArrayLike<number | bigint>;
}

function toText(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}

function requireKind(label: string, { name, type }: Field): ColumnKind {
  const kind = arrowKind(type);
  if (kind) return kind;
  throw new TableFileError(
    `${label} has the column ${JSON.stringify(name)} of type ${String(type)}; numbers, text, dictionaries of text and booleans are allowed. Leave it out, or cast it.`,
  );
}

function attempt<T>(label: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unreadable(label, error);
  }
}

async function attemptLater<T>(label: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unreadable(label, error);
  }
}

function unreadable(label: string, error: unknown): unknown {
  // What the system or we say is better said as it is; only the system's errors name a call.
  if (error instanceof TableFileError || (error as NodeJS.ErrnoException).syscall !== undefined) return error;
  return new TableFileError(`${label} cannot be read as Arrow IPC: ${(error as Error).message}`, { cause: error });
}
