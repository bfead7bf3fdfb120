/**
 * A uniform sample of a stream of rows in bounded memory (Vitter's algorithm R): after n offers each row has been kept
 * with the same probability, capacity/n. An offer costs one random number, and a copy when the row is kept.
 */
export class RowReservoir {
  private rows: number[][] = [];
  private offered = 0;

  constructor(
    private readonly capacity: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** Rows offered since the last `take`. */
  get seen(): number {
    return this.offered;
  }

  /** Offers the `width` numbers from `offset`. */
  offer(values: ArrayLike<number>, offset: number, width: number): void {
    this.offered++;
    const slot = this.rows.length < this.capacity ? this.rows.length : Math.floor(this.random() * this.offered);
    if (slot >= this.capacity) return;
    const row = new Array<number>(width);
    for (let column = 0; column < width; column++) row[column] = values[offset + column] as number;
    this.rows[slot] = row;
  }

  /** The sample, and a fresh start. */
  take(): number[][] {
    const { rows } = this;
    this.rows = [];
    this.offered = 0;
    return rows;
  }
}
