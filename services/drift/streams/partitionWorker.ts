import { TableSketch, type TableSketchOptions } from "../sketches/tableSketch";
import { type EventFormat, parseEvent, type RowEvent } from "./eventParser";
import { RowBuffer } from "./rowBuffer";
import { type OpenWindow, WindowedStream } from "./windowedStream";
import type { WindowSpec } from "./windowSpec";
import type { ChangedWindow, PartitionProgress, StreamPartition, WindowStore } from "./windowStore";

/** How messages become windows. */
export interface StreamDefinition {
  readonly format: EventFormat;
  readonly window: WindowSpec;
  /** How far events may come out of order, milliseconds. */
  readonly latenessMs: number;
  /** What the sketch of a window keeps; its kinds are those of the format. */
  readonly sketch: Omit<TableSketchOptions, "kinds">;
}

/** A message of a partition. */
export interface Message {
  readonly offset: number;
  /** When it was written, milliseconds since 1970, as the broker has it. */
  readonly time: number;
  readonly value: Uint8Array | null;
}

interface Content {
  readonly buffer: RowBuffer;
  /** Whether rows came since it was last stored. */
  changed: boolean;
}

/** Summarises one partition: messages in order of offset in, windows and the offset reached into the store. */
export class PartitionWorker {
  private readonly stream: WindowedStream<RowEvent, Content>;
  private readonly counts = { malformed: 0, ahead: 0, lost: 0 };
  private position: number;
  private saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly id: StreamPartition,
    private readonly definition: StreamDefinition,
    private readonly store: WindowStore,
    /** Whether the store knows the partition. */
    private known: boolean,
    /** Offset up to which everything is stored. */
    private stored: number,
  ) {
    this.position = stored;
    this.stream = new WindowedStream({
      spec: definition.window,
      latenessMs: definition.latenessMs,
      create: () => this.contentOf(TableSketch.create({ ...definition.sketch, kinds: definition.format.kinds })),
      add: (content, { values }) => {
        content.buffer.add(values);
        content.changed = true;
      },
    });
  }

  /** Goes on from what is stored, or begins at `start` when nothing is. */
  static async open(
    id: StreamPartition,
    definition: StreamDefinition,
    store: WindowStore,
    start: number,
  ): Promise<PartitionWorker> {
    const found = await store.load(id);
    const offset = found?.progress.nextOffset ?? start;
    const worker = new PartitionWorker(id, definition, store, found !== undefined, offset);
    if (found) {
      const { nextOffset: _, malformed, ahead, lost, ...progress } = found.progress;
      Object.assign(worker.counts, { malformed, ahead, lost });
      const windows = found.windows.map(({ sketch, closed: _closed, ...window }) => {
        return { ...window, content: { ...worker.contentOf(sketch), changed: false } };
      });
      worker.stream.restore(progress, windows);
    }
    return worker;
  }

  /** Offset of the first message not taken in yet. */
  get nextOffset(): number {
    return this.position;
  }

  /** Offset up to which everything is stored. */
  get storedOffset(): number {
    return this.stored;
  }

  /** Takes in messages in order of offset; those taken in before are passed over. */
  process(messages: readonly Message[]): void {
    for (const { offset, time, value } of messages) {
      if (offset < this.position) continue;
      const event = parseEvent(value, time, this.definition.format);
      if (event === "malformed" || event === "ahead") this.counts[event]++;
      else this.stream.insert(event);
      this.position = offset + 1;
    }
  }

  /** Goes on at a later offset, because the broker has deleted what lies between; that many are counted lost. */
  skipTo(offset: number): void {
    if (offset <= this.position) return;
    this.counts.lost += offset - this.position;
    this.position = offset;
  }

  /**
   * Stores what was taken in so far; returns when it is durable. Calls take turns.
   * @throws {FencedError} when another replica went on with the partition; the worker must not be used any more then.
   */
  checkpoint(): Promise<void> {
    this.saving = this.saving.then(() => this.save());
    return this.saving;
  }

  private async save(): Promise<void> {
    const { stream, position } = this;
    if (position === this.stored) return;
    const closed = stream.takeClosed().map((window) => toStored(window, true));
    const open = stream
      .openWindows()
      .filter(({ content }) => content.changed)
      .map((window) => toStored(window, false));
    const progress: PartitionProgress = { ...stream.progress, ...this.counts, nextOffset: position };
    const from = this.known ? this.stored : undefined;
    await this.store.save(this.id, from, progress, stream.watermark, [...closed, ...open]);
    this.known = true;
    this.stored = position;
  }

  private contentOf(sketch: TableSketch): Content {
    return { buffer: new RowBuffer(sketch), changed: true };
  }
}

/** The window as it is now: rows that come while it is stored are for the next checkpoint. */
function toStored({ start, end, segment, rows, content }: OpenWindow<Content>, closed: boolean): ChangedWindow {
  content.changed = false;
  return { start, end, segment, closed, rows, bytes: content.buffer.flush().encode() };
}
