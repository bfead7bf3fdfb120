import { createReadStream } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ObjectStore } from "../../runtime/objectStore";
import type { ColumnKind } from "../columns";
import { type ColumnBatch, TableSketch, type TableSketchOptions } from "../sketches/tableSketch";
import { openArrow } from "./arrowTable";
import { type DuckFormat, DuckTables, type FileColumn } from "./duckTable";
import { TableFileError } from "./tableFileError";

/** Formats of files, told by their ending. */
const FORMATS: Readonly<Record<string, DuckFormat | "arrow">> = {
  ".parquet": "parquet",
  ".csv": "csv",
  ".csv.gz": "csv",
  ".arrow": "arrow",
  ".arrows": "arrow",
};

export interface SummariseFilesArgs {
  readonly store: ObjectStore;
  /** Empty, or ends in `/`: all table files directly below it are read as one table, in order of name. */
  readonly prefix: string;
  /** Columns wanted and their kinds. @default all of numbers or categories, as the first file has them */
  readonly kinds?: Readonly<Record<string, ColumnKind>>;
  /** What the sketch keeps of them. */
  readonly sketch?: Omit<TableSketchOptions, "kinds">;
  /** Threads that decode at once. @default 1 */
  readonly threads?: number;
  /** Told before each file; throwing from it ends the work. */
  readonly onFile?: (key: string) => void;
}

/** A table read from files. */
export interface SummarisedFiles {
  readonly sketch: TableSketch;
  readonly files: readonly string[];
  /** Columns of the first file that are neither numbers nor categories, with their types. */
  readonly skipped: readonly { readonly name: string; readonly type: string }[];
}

/**
 * Summarises the Parquet, CSV and Arrow IPC files of an object store below a prefix, in memory that depends on neither
 * rows nor files. Files of a remote store pass through a temporary folder, one at a time.
 * @throws {TableFileError} when there is none, one cannot be read, or one lacks a column that the first has.
 */
export async function summariseFiles(args: SummariseFilesArgs): Promise<SummarisedFiles> {
  const { store, prefix, threads = 1 } = args;
  const keys = (await store.list(prefix)).filter((name) => formatOf(name)).map((name) => prefix + name);
  if (keys.length === 0) {
    throw new TableFileError(
      `There are no table files directly below "${prefix}" in ${store.url}. Their names must end in one of ${Object.keys(FORMATS).join(", ")}.`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), "tideline-files-"));
  const tables = await DuckTables.open(threads);
  try {
    const summary = new FilesSummary(args, tables);
    for (const [index, key] of keys.entries()) {
      args.onFile?.(key);
      // A name of our own, because DuckDB takes *, ? and [ in names for patterns.
      const format = formatOf(key) as DuckFormat | "arrow";
      const path = join(folder, `${index}${key.endsWith(".gz") ? ".csv.gz" : ""}`);
      await fetchFile(store, key, path);
      await summary.add(path, format, key);
      await rm(path);
    }
    return summary.finish(keys);
  } finally {
    tables.close();
    await rm(folder, { recursive: true, force: true });
  }
}

class FilesSummary {
  private sketch: TableSketch | undefined;
  private kinds: Readonly<Record<string, ColumnKind>> | undefined;
  private skipped: { name: string; type: string }[] = [];

  constructor(
    private readonly args: SummariseFilesArgs,
    private readonly tables: DuckTables,
  ) {
    this.kinds = args.kinds;
  }

  async add(path: string, format: DuckFormat | "arrow", key: string): Promise<void> {
    if (format === "arrow") {
      const stream = await openArrow(createReadStream(path), key);
      const columns = this.choose(stream.columns, key);
      const wrong = columns.find(({ name, kind }) => stream.columns.some((c) => c.name === name && c.kind !== kind));
      if (wrong)
        throw new TableFileError(
          `${key} has the column ${JSON.stringify(wrong.name)}, which is not ${wrong.kind} there.`,
        );
      await stream.read(
        columns.map(({ name }) => name),
        (batch) => this.insert(batch),
      );
      return;
    }
    const columns = this.choose(await this.tables.columns(path, format, key), key);
    await this.tables.read(path, format, key, columns, (batch) => this.insert(batch));
  }

  finish(files: readonly string[]): SummarisedFiles {
    return { sketch: this.sketch ?? TableSketch.create({ kinds: this.kinds ?? {} }), files, skipped: this.skipped };
  }

  private insert(batch: ReadonlyMap<string, ColumnBatch>): void {
    this.sketch?.insert(batch);
  }

  /** The columns wanted as this file has them; the first file says which there are, unless the caller did. */
  private choose(found: readonly FileColumn[], key: string): (FileColumn & { kind: ColumnKind })[] {
    if (!this.kinds) {
      const usable = found.flatMap(({ name, kind }) => (kind ? [[name, kind] as const] : []));
      this.kinds = Object.fromEntries(usable);
      this.skipped = found.filter(({ kind }) => !kind).map(({ name, type }) => ({ name, type }));
      if (usable.length === 0) throw new TableFileError(`${key} has no column of numbers or categories.`);
    }
    this.sketch ??= TableSketch.create({ ...this.args.sketch, kinds: this.kinds });
    return Object.entries(this.kinds).map(([name, kind]) => {
      const column = found.find((other) => other.name === name);
      if (column) return { ...column, kind };
      const has = found.map((other) => JSON.stringify(other.name)).slice(0, 20);
      throw new TableFileError(`${key} lacks the column ${JSON.stringify(name)}. It has: ${has.join(", ")}.`);
    });
  }
}

function formatOf(name: string): DuckFormat | "arrow" | undefined {
  const ending = Object.keys(FORMATS).find((known) => name.toLowerCase().endsWith(known));
  return ending === undefined ? undefined : FORMATS[ending];
}

async function fetchFile(store: ObjectStore, key: string, path: string): Promise<void> {
  if (!store.url.startsWith("file:")) return store.download(key, path);
  await symlink(join(fileURLToPath(store.url), key), path);
}
