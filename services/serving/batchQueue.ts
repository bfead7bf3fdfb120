import { DEFAULT_PRIORITY } from "./schedule";

/** What the queue looks at. */
export interface Queued {
  readonly rows: number;
  /** Only what has the same bucket may share a batch; a model with fixed shapes has one, undefined. */
  readonly bucket?: string | undefined;
  /** Lower goes first. @default 128 */
  readonly priority?: number;
}

/** What waits for a batch: by priority, then first come first served; buckets take turns by their first. */
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
    this.waitingRows += item.rows;
    // Nearly always behind the last, which is of the same priority.
    let place = this.items.length;
    while (place > 0 && priorityOf(this.items[place - 1]) > priorityOf(item)) place--;
    if (place === this.items.length) this.items.push(item);
    else this.items.splice(place, 0, item);
  }

  /** Takes an item out again; false when it does not wait any more. */
  remove(item: Item): boolean {
    const place = this.items.indexOf(item);
    if (place === -1) return false;
    this.items.splice(place, 1);
    this.waitingRows -= item.rows;
    return true;
  }

  /** The first and what may join it, `maxRows` rows together at most; the first alone may have more. */
  take(maxRows: number): Item[] {
    const [first] = this.items;
    if (first === undefined) return [];
    const batch: Item[] = [];
    const kept: Item[] = [];
    let rows = 0;
    let full = false;
    for (const item of this.items) {
      const joins: boolean = item.bucket === first.bucket && !full;
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

function priorityOf(item: Queued | undefined): number {
  return item?.priority ?? DEFAULT_PRIORITY;
}
