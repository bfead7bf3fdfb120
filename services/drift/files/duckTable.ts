import { type DuckDBConnection, DuckDBDoubleVector, DuckDBInstance, type DuckDBVector } from "@duckdb/node-api";
import type { ColumnKind } from "../columns";
import { LIMITS } from "../limits";
import type { ColumnBatch } from "../sketches/tableSketch";
import { TableFileError } from "./tableFileError";

/** Formats that DuckDB reads. */
export type DuckFormat = "parquet" | "csv";

/** A column as the file has it. */
export interface FileColumn {
  readonly name: string;
  /** DuckDB's name of its type, such as BIGINT. */
  readonly type: string;
  /** Undefined for types that are neither numbers nor categories: times, lists, structures, bytes. */
  readonly kind: ColumnKind | undefined;
}

/** What of a file is missing in CSV, besides nothing at all. */
const MISSING_WORDS = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"];
const NUMBERS = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*)$/;
const CATEGORIES = /^(VARCHAR|BOOLEAN|UUID|ENUM\(.*)$/;

/**
 * Reads Parquet and CSV files with DuckDB, in memory that depends on neither rows nor file size. It reaches for nothing
 * but the files that it is told to read. Close it when done.
 */
export class DuckTables {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** @param threads that decode at once; each takes some tens of megabytes. */
  static async open(threads = 1): Promise<DuckTables> {
    const instance = await DuckDBInstance.create(":memory:", {
      threads: String(threads),
      memory_limit: `${512 * threads}MB`,
      preserve_insertion_order: "false",
      // Extensions would be fetched from the network.
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    return new DuckTables(instance, await instance.connect());
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  /** @throws {TableFileError} when the file is none of its format. */
  async columns(path: string, format: DuckFormat, label: string): Promise<FileColumn[]> {
    const reader = await this.attempt(label, format, () =>
      this.connection.runAndReadAll(`describe select * from ${source(format, false)}`, [path]),
    );
    const columns = reader.getRows().map(([name, type]) => {
      return { name: String(name), type: String(type), kind: kindOf(String(type)) };
    });
    if (columns.length > LIMITS.columns) {
      throw new TableFileError(`${label} has ${columns.length} columns; at most ${LIMITS.columns} are allowed.`);
    }
    return columns;
  }

  /**
   * Hands over the rows of some columns, some thousands at a time: NaN or null where a value is missing, an infinity
   * where text stands for a number that it is not. The batch is the callee's only until it returns.
   */
  async read(
    path: string,
    format: DuckFormat,
    label: string,
    columns: readonly (FileColumn & { readonly kind: ColumnKind })[],
    use: (batch: ReadonlyMap<string, ColumnBatch>) => void,
  ): Promise<void> {
    const wanted = columns.map((column) => expression(column, format)).join(", ");
    await this.attempt(label, format, async () => {
      const result = await this.connection.stream(`select ${wanted} from ${source(format, true)}`, [path]);
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const rows = chunk.rowCount;
        const vectors = columns.map(({ name }, i) => [name, toBatch(chunk.getColumnVector(i), rows)] as const);
        use(new Map(vectors));
      }
    });
  }

  private async attempt<T>(label: string, format: DuckFormat, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (
        !/^(IO|Invalid Input|Invalid|Conversion|Binder|Serialization|Out of Range) Error/.test((error as Error).message)
      )
        throw error;
      const [reason = ""] = (error as Error).message.split("\n");
      throw new TableFileError(`${label} cannot be read as ${format}: ${reason}`, { cause: error });
    }
  }
}

function source(format: DuckFormat, asText: boolean): string {
  if (format === "parquet") return "read_parquet($1)";
  const words = MISSING_WORDS.map((word) => `'${word}'`).join(", ");
  // Types are guessed from the first rows only; later ones are converted here, so that none can end the reading.
  return `read_csv($1, nullstr = [${words}], header = true, all_varchar = ${asText})`;
}

function kindOf(type: string): ColumnKind | undefined {
  if (NUMBERS.test(type)) return "numeric";
  return CATEGORIES.test(type) ? "categorical" : undefined;
}

function expression({ name, type, kind }: FileColumn, format: DuckFormat): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  const text = format === "csv" || !NUMBERS.test(type);
  if (kind === "numeric") {
    const number = text ? `try_cast(cast(${column} as varchar) as double)` : `cast(${column} as double)`;
    return `case when ${column} is null then 'nan'::double else coalesce(${number}, 'inf'::double) end`;
  }
  if (text || !/^(FLOAT|DOUBLE|DECIMAL)/.test(type)) return `cast(${column} as varchar)`;
  // Whole numbers are written as JSON writes them, so that a category is one whatever brought it.
  return `case when ${column} = trunc(${column}) and abs(${column}) < 1e15
    then cast(cast(${column} as bigint) as varchar) else cast(${column} as varchar) end`;
}

function toBatch(vector: DuckDBVector, rows: number): ColumnBatch {
  if (vector instanceof DuckDBDoubleVector) {
    const { items } = vector as unknown as { readonly items: Float64Array };
    return items.subarray(0, rows);
  }
  return Array.from({ length: rows }, (_, i) => vector.getItem(i) as string | null);
}
