/** What the queue looks at. */
export interface Queued {
  readonly rows: number;
  /** Only what has the same bucket may share a batch; a model with fixed shapes has one, undefined. */
  readonly bucket?: string | undefined;
}

/** What waits for a batch, first come first served within a bucket, and buckets in the order of their eldest. */
export class BatchQueue<Item extends Queued> {
  private items: Item[] = [];
  private waitingRows = 0;

  get rows(): number {
    return this.waitingRows;
  }

  get empty(): boolean {
    return this.items.length === 0;
  }

  push(item: Item): void {
    this.items.push(item);
    this.waitingRows += item.rows;
  }

  /** The eldest and what may join it, `maxRows` rows together at most; the eldest alone may have more. */
  take(maxRows: number): Item[] {
    const [eldest] = this.items;
    if (eldest === undefined) return [];
    const batch: Item[] = [];
    const kept: Item[] = [];
    let rows = 0;
    let full = false;
    for (const item of this.items) {
      const joins: boolean = item.bucket === eldest.bucket && !full;
      if (joins && (batch.length === 0 || rows + item.rows <= maxRows)) {
        batch.push(item);
        rows += item.rows;
      } else {
        kept.push(item);
        // Nobody of the bucket overtakes one that came before.
        full ||= joins;
      }
    }
    this.items = kept;
    this.waitingRows -= rows;
    return batch;
  }
}
