import type { Pool, PoolClient } from "pg";
import { TableSketch } from "../sketches/tableSketch";
import type { OpenWindow, StreamProgress } from "./windowedStream";

/** One partition of a topic as one stream reads it. */
export interface StreamPartition {
  readonly stream: string;
  readonly topic: string;
  readonly partition: number;
}

/** How far a partition is summarised, and what was counted on the way. */
export interface PartitionProgress extends StreamProgress {
  /** Offset of the first message that is not summarised yet. */
  nextOffset: number;
  /** Messages that are no events: no JSON object, or a value of the wrong type. */
  malformed: number;
  /** Events too far in the future. */
  ahead: number;
  /** Messages that the broker deleted before they were read. */
  lost: number;
}

/** A window of a partition as it is stored. */
export interface StoredWindow extends Omit<OpenWindow<TableSketch>, "content"> {
  readonly closed: boolean;
  readonly sketch: TableSketch;
}

/** A window to store, its sketch already as bytes: it may grow while it is stored. */
export interface ChangedWindow extends Omit<StoredWindow, "sketch"> {
  readonly bytes: Uint8Array;
}

/** Another replica went on with the partition; what this one has not stored is the other's to do. */
export class FencedError extends Error {
  override readonly name = "FencedError";
}

/**
 * Windows of streams in Postgres. A partition's windows and its next offset change in one transaction, and only when
 * the offset is still the one that the writer began from. So a replica that is killed loses nothing, one that comes
 * late changes nothing, and every message is counted once.
 */
export class WindowStore {
  constructor(private readonly pool: Pool) {}

  /** A partition's progress and open windows; undefined when the stream never stored any. */
  async load(id: StreamPartition): Promise<{ progress: PartitionProgress; windows: StoredWindow[] } | undefined> {
    // One statement, so that progress and windows are of one moment.
    const { rows } = await this.pool.query<ProgressRow & Partial<WindowRow>>(
      `select p.*, w.window_start, w.window_end, w.segment, w.row_count, w.sketch, w.closed
       from drift_stream_partitions p left join drift_stream_windows w
         on w.stream = p.stream and w.topic = p.topic and w.partition = p.partition and not w.closed
       where p.stream = $1 and p.topic = $2 and p.partition = $3 order by w.window_start, w.segment`,
      keyOf(id),
    );
    const [first] = rows;
    if (!first) return undefined;
    const windows = rows.filter((row): row is ProgressRow & WindowRow => row.sketch != null).map(toWindow);
    return { progress: toProgress(first), windows };
  }

  /**
   * Stores changed windows and the progress that they belong to.
   * @param from the next offset as it was loaded or last saved; undefined for a partition never stored.
   * @throws {FencedError} when the stored offset is another; nothing is changed then.
   */
  async save(
    id: StreamPartition,
    from: number | undefined,
    progress: PartitionProgress,
    watermark: number,
    windows: readonly ChangedWindow[],
  ): Promise<void> {
    await this.transaction(async (client) => {
      const values = [...keyOf(id), ...progressValues(progress, watermark)];
      const { rowCount } =
        from === undefined
          ? await client.query(INSERT_PROGRESS, values)
          : await client.query(UPDATE_PROGRESS, [...values, from]);
      if (rowCount !== 1) {
        throw new FencedError(
          `Partition ${id.partition} of ${id.topic} was taken over from offset ${from ?? "none"} on by another replica.`,
        );
      }
      for (const { start, end, segment, closed, rows, bytes } of windows) {
        await client.query(UPSERT_WINDOW, [...keyOf(id), start, end, segment, closed, rows, Buffer.from(bytes)]);
      }
    });
  }

  /** What each partition of a stream has counted, with its watermark (null before the first event). */
  async progress(stream: string): Promise<(StreamPartition & PartitionProgress & { watermark: number | null })[]> {
    const { rows } = await this.pool.query<ProgressRow>(
      "select * from drift_stream_partitions where stream = $1 order by topic, partition",
      [stream],
    );
    return rows.map((row) => {
      const { topic, partition } = row;
      return {
        stream,
        topic,
        partition,
        ...toProgress(row),
        watermark: row.watermark === null ? null : Number(row.watermark),
      };
    });
  }

  /**
   * Windows of a stream, those of all partitions merged, in order of start and segment: of one segment, from a start on,
   * at most `limit`. A window is closed when it is in every partition that has it. Count windows of different
   * partitions hold different events and are merged by their number.
   */
  async windows(stream: string, segment: string, from: number, limit: number): Promise<StoredWindow[]> {
    const { rows } = await this.pool.query<WindowRow>(
      `select window_start, window_end, segment, closed, row_count, sketch from drift_stream_windows
       where stream = $1 and segment = $2 and window_start in (
         select distinct window_start from drift_stream_windows
         where stream = $1 and segment = $2 and window_start >= $3 order by window_start limit $4)
       order by window_start, topic, partition`,
      [stream, segment, from, limit],
    );
    const merged = new Map<number, StoredWindow>();
    for (const window of rows.map(toWindow)) {
      const before = merged.get(window.start);
      before?.sketch.merge(window.sketch);
      const both = before && { ...before, rows: before.rows + window.rows, closed: before.closed && window.closed };
      merged.set(window.start, both ?? window);
    }
    return [...merged.values()];
  }

  /** Deletes closed windows that ended before a time (or number, for count windows). Returns how many. */
  async deleteBefore(stream: string, end: number): Promise<number> {
    const { rowCount } = await this.pool.query(
      "delete from drift_stream_windows where stream = $1 and closed and window_end <= $2",
      [stream, end],
    );
    return rowCount ?? 0;
  }

  private async transaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("begin");
      await work(client);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback").catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

interface ProgressRow {
  topic: string;
  partition: number;
  next_offset: string;
  events: string;
  newest: string | null;
  watermark: string | null;
  late: string;
  late_entries: string;
  malformed: string;
  ahead: string;
  lost: string;
}

interface WindowRow {
  window_start: string;
  window_end: string;
  segment: string;
  closed: boolean;
  row_count: string;
  sketch: Buffer;
}

const INSERT_PROGRESS = `
  insert into drift_stream_partitions
    (stream, topic, partition, next_offset, events, newest, watermark, late, late_entries, malformed, ahead, lost)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`;
const UPDATE_PROGRESS = `
  update drift_stream_partitions set next_offset = $4, events = $5, newest = $6, watermark = $7, late = $8,
    late_entries = $9, malformed = $10, ahead = $11, lost = $12, updated_at = now()
  where stream = $1 and topic = $2 and partition = $3 and next_offset = $13`;
const UPSERT_WINDOW = `
  insert into drift_stream_windows
    (stream, topic, partition, window_start, window_end, segment, closed, row_count, sketch)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (stream, topic, partition, window_start, segment) do update
  set closed = excluded.closed, row_count = excluded.row_count, sketch = excluded.sketch, updated_at = now()`;

function keyOf({ stream, topic, partition }: StreamPartition): (string | number)[] {
  return [stream, topic, partition];
}

function progressValues(progress: PartitionProgress, watermark: number): (number | null)[] {
  const { nextOffset, events, newest = null, late, lateEntries, malformed, ahead, lost } = progress;
  return [
    nextOffset,
    events,
    newest,
    Number.isFinite(watermark) ? watermark : null,
    late,
    lateEntries,
    malformed,
    ahead,
    lost,
  ];
}

function toProgress(row: ProgressRow): PartitionProgress {
  return {
    nextOffset: Number(row.next_offset),
    events: Number(row.events),
    ...(row.newest === null ? {} : { newest: Number(row.newest) }),
    late: Number(row.late),
    lateEntries: Number(row.late_entries),
    malformed: Number(row.malformed),
    ahead: Number(row.ahead),
    lost: Number(row.lost),
  };
}

function toWindow(row: WindowRow): StoredWindow {
  return {
    start: Number(row.window_start),
    end: Number(row.window_end),
    segment: row.segment,
    closed: row.closed,
    rows: Number(row.row_count),
    sketch: TableSketch.decode(row.sketch),
  };
}
