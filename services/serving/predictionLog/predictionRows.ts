import type { ModelCard } from "../../runtime/modelPackage";
import type { Tensor } from "../tensor";

/** What was asked and answered, of `rows` rows. */
export interface PredictedRows {
  /** Row-major, one number for each of the model's features. */
  readonly features: ArrayLike<number>;
  readonly rows: number;
  /** All of the model's outputs; the answers begin at row `firstRow`. */
  readonly outputs: readonly Pick<Tensor, "data">[];
  readonly firstRow: number;
  /** The caller's name for the request; "" when it gave none. */
  readonly requestId: string;
}

/** Which numbers of an output become columns. */
interface OutputColumns {
  readonly index: number;
  readonly width: number;
}

/** Longer ids are not kept: rows must be bounded. */
const MOST_ID_LENGTH = 128;
/** Wider outputs are embeddings and pictures, not predictions. */
const MOST_OUTPUT_WIDTH = 256;
const FIRST_ROWS = 64;

/**
 * Rows of predictions that wait to be written, at most `limit` of them, as numbers in one array. The columns are the
 * features, under their names, and the numeric outputs, as `_NAME`, or `_NAME_0`, `_NAME_1` ... where a row has several.
 * Values of features that the card marks as personal are never taken: their columns hold NaN.
 */
export class PredictionRows {
  /** Names of the columns of numbers, no two alike whatever their case. */
  readonly columns: readonly string[];
  /** Unix time in milliseconds, of each row. */
  readonly times: number[] = [];
  readonly ids: string[] = [];
  private numbers: Float64Array;
  private readonly outputs: readonly OutputColumns[];
  private readonly masked: readonly number[];

  constructor(
    private readonly card: Pick<ModelCard, "features" | "outputs" | "pii">,
    private readonly limit: number,
  ) {
    this.outputs = card.outputs.flatMap(({ datatype, shape }, index) => {
      const width = shape.slice(1).reduce((product, length) => product * length, 1);
      const fits = shape[0] === -1 && width > 0 && width <= MOST_OUTPUT_WIDTH && datatype !== "BYTES";
      return fits ? [{ index, width }] : [];
    });
    const names = this.outputs.flatMap(({ index, width }) => {
      const name = `_${card.outputs[index]?.name}`;
      return width === 1 ? [name] : Array.from({ length: width }, (_, part) => `${name}_${part}`);
    });
    this.columns = distinct([...card.features, ...names], ["_time", "_request_id"]);
    this.masked = (card.pii ?? []).map((name) => card.features.indexOf(name)).filter((index) => index !== -1);
    this.numbers = new Float64Array(Math.min(FIRST_ROWS, limit) * this.columns.length);
  }

  get length(): number {
    return this.times.length;
  }

  get full(): boolean {
    return this.length >= this.limit;
  }

  /** Takes row `row` of what is given; the caller has seen that there is room. */
  take({ features, outputs, firstRow, requestId }: PredictedRows, row: number): void {
    const width = this.columns.length;
    const start = this.length * width;
    if (start + width > this.numbers.length) this.grow();
    const count = this.card.features.length;
    for (let column = 0; column < count; column++) {
      this.numbers[start + column] = features[row * count + column] as number;
    }
    for (const column of this.masked) this.numbers[start + column] = Number.NaN;
    let column = start + count;
    for (const { index, width: parts } of this.outputs) {
      const data = outputs[index]?.data;
      for (let part = 0; part < parts; part++) this.numbers[column++] = Number(data?.[(firstRow + row) * parts + part]);
    }
    this.times.push(Date.now());
    this.ids.push(requestId.length <= MOST_ID_LENGTH ? requestId : "");
  }

  /** One column's values of rows `from` to `to`; null where there is no number. */
  values(column: number, from: number, to: number): (number | null)[] {
    const width = this.columns.length;
    return Array.from({ length: to - from }, (_, row) => {
      const value = this.numbers[(from + row) * width + column] as number;
      return Number.isNaN(value) ? null : value;
    });
  }

  private grow(): void {
    const { length: width } = this.columns;
    const grown = new Float64Array(Math.min(this.length * 2, this.limit) * width);
    grown.set(this.numbers);
    this.numbers = grown;
  }
}

/** Names of which a database that does not look at case tells each from the others and from the taken ones. */
function distinct(names: readonly string[], taken: readonly string[]): string[] {
  const used = new Set(taken);
  return names.map((name) => {
    let unique = name;
    for (let number = 2; used.has(unique.toLowerCase()); number++) unique = `${name}_${number}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}
