import type { ColumnKind } from "../columns";
import { CategoricalSketch, type ColumnSketch, NumericSketch } from "./columnSketch";
import { CoMoments } from "./coMoments";
import { ByteReader, ByteWriter } from "./portableBytes";
import type { ReferenceGrid } from "./referenceGrid";
import { SketchFormatError, SketchMismatchError } from "./sketchErrors";

/** Version of the stored form; a reader knows every version up to its own. */
export const TABLE_SKETCH_VERSION = 1;
const MAGIC = 0x4b534454;

/** Values of one column for a batch of rows: NaN or null where missing. */
export type ColumnBatch = Float64Array | readonly (string | null)[];

/** Columns of a table sketch, and what is kept of them. */
export interface TableSketchOptions {
  readonly kinds: Readonly<Record<string, ColumnKind>>;
  /** Grids of the reference by numeric column; one without a grid gets a quantile sketch. */
  readonly grids?: ReadonlyMap<string, ReferenceGrid>;
  /** Whether quantile sketches are kept beside grids. @default false */
  readonly quantiles?: boolean;
  /** Whether co-moments of the numeric columns are kept, which costs a product per pair and row. @default false */
  readonly coMoments?: boolean;
}

/**
 * A mergeable summary of a table in constant memory. Sketches of the same columns merge in any order; counts, extremes
 * and grid counts are then exactly those of a single pass, and everything else within the bound that it states.
 */
export class TableSketch {
  rows = 0;
  private constructor(
    readonly columns: ReadonlyMap<string, ColumnSketch>,
    readonly coMoments: CoMoments | undefined,
  ) {}

  static create({ kinds, grids, quantiles, coMoments = false }: TableSketchOptions): TableSketch {
    const columns = new Map<string, ColumnSketch>();
    for (const [name, kind] of Object.entries(kinds)) {
      const grid = grids?.get(name);
      const options = { grid, quantiles: grid ? quantiles : true };
      columns.set(name, kind === "numeric" ? new NumericSketch(options) : new CategoricalSketch());
    }
    const width = [...columns.values()].filter(({ kind }) => kind === "numeric").length;
    return new TableSketch(columns, coMoments ? new CoMoments(width) : undefined);
  }

  /** Adds rows given as columns of one length. @throws {SketchMismatchError} for missing, ragged or mistyped columns. */
  insert(batch: ReadonlyMap<string, ColumnBatch>): void {
    const rows = batch.values().next().value?.length ?? 0;
    for (const [name, { kind }] of this.columns) check(name, kind, batch.get(name), rows);
    const numeric: Float64Array[] = [];
    for (const [name, sketch] of this.columns) {
      const values = batch.get(name);
      if (sketch.kind === "categorical") sketch.insert(values as readonly (string | null)[]);
      else {
        sketch.insert(values as Float64Array);
        numeric.push(values as Float64Array);
      }
    }
    this.coMoments?.insert(numeric);
    this.rows += rows;
  }

  /** Takes in another sketch, which stays as it is. @throws {SketchMismatchError} when the columns differ. */
  merge(other: TableSketch): void {
    const [own, others] = [describe(this), describe(other)];
    if (own !== others) throw new SketchMismatchError(`A sketch of ${own} cannot take in one of ${others}.`);
    for (const [name, sketch] of this.columns) {
      const added = other.columns.get(name);
      if (sketch.kind === "numeric" && added?.kind === "numeric") sketch.merge(added);
      if (sketch.kind === "categorical" && added?.kind === "categorical") sketch.merge(added);
    }
    if (other.coMoments) this.coMoments?.merge(other.coMoments);
    this.rows += other.rows;
  }

  /** The sketch as bytes, the same on every machine: a mark, the version, then column by column. */
  encode(): Uint8Array {
    const writer = new ByteWriter();
    writer.uint32(MAGIC);
    writer.uint8(TABLE_SKETCH_VERSION);
    writer.float64(this.rows);
    writer.uint32(this.columns.size);
    for (const [name, sketch] of this.columns) {
      writer.string(name);
      writer.uint8(sketch.kind === "numeric" ? 0 : 1);
      sketch.write(writer);
    }
    writer.uint8(this.coMoments ? 1 : 0);
    this.coMoments?.write(writer);
    return writer.finish();
  }

  /** @throws {SketchFormatError} for bytes of a later version, damaged or cut short. */
  static decode(bytes: Uint8Array): TableSketch {
    const reader = new ByteReader(bytes);
    if (reader.uint32() !== MAGIC) throw new SketchFormatError("The bytes are no table sketch: their mark is missing.");
    const version = reader.uint8();
    if (version !== TABLE_SKETCH_VERSION) {
      throw new SketchFormatError(
        `A table sketch has version ${version}; this program reads up to version ${TABLE_SKETCH_VERSION}. Update it.`,
      );
    }
    const rows = reader.float64();
    const columns = new Map<string, ColumnSketch>();
    const size = reader.uint32();
    for (let i = 0; i < size; i++) {
      const name = reader.string();
      columns.set(name, reader.uint8() === 0 ? NumericSketch.read(reader) : CategoricalSketch.read(reader));
    }
    const sketch = new TableSketch(columns, reader.uint8() === 1 ? CoMoments.read(reader) : undefined);
    sketch.rows = rows;
    reader.end();
    return sketch;
  }
}

function check(name: string, kind: ColumnKind, values: ColumnBatch | undefined, rows: number): void {
  if (values === undefined) throw new SketchMismatchError(`A batch lacks the column ${JSON.stringify(name)}.`);
  if (values instanceof Float64Array !== (kind === "numeric")) {
    throw new SketchMismatchError(`Column ${JSON.stringify(name)} of a batch is not ${kind}, as its sketch is.`);
  }
  if (values.length !== rows) {
    throw new SketchMismatchError(
      `Column ${JSON.stringify(name)} of a batch has ${values.length} values and the first column ${rows}.`,
    );
  }
}

function describe({ columns }: TableSketch): string {
  return [...columns].map(([name, { kind }]) => `${JSON.stringify(name)} (${kind})`).join(", ") || "no columns";
}
