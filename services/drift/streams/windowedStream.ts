import { type WindowSpec, windowLength, windowStarts } from "./windowSpec";

/** The segment of the window that holds all events. */
export const WHOLE = "";
/** The segment of events whose own segment came when there were `MAX_SEGMENTS` already. */
export const OTHER_SEGMENTS = "(others)";
/** Segments kept apart in one window; more share OTHER_SEGMENTS, so that memory stays bounded whatever arrives. */
export const MAX_SEGMENTS = 100;

/** An event as windows see it. */
export interface StreamEvent {
  /** When it happened, milliseconds since 1970. */
  readonly time: number;
  /** Slice that is watched apart as well; undefined or empty when there is none. */
  readonly segment?: string | undefined;
}

/** A window of one segment while events may still come. */
export interface OpenWindow<Content> {
  readonly start: number;
  readonly end: number;
  readonly segment: string;
  rows: number;
  readonly content: Content;
}

/** What a stream remembers beside its windows. */
export interface StreamProgress {
  /** Events seen, late ones included. */
  events: number;
  /** Greatest event time seen; undefined before the first. */
  newest?: number | undefined;
  /** Events for which every window was closed. */
  late: number;
  /** Pairs of an event and a window that was closed to it; equal to `late` unless windows slide. */
  lateEntries: number;
}

export interface WindowedStreamOptions<Event extends StreamEvent, Content> {
  readonly spec: WindowSpec;
  /** How far events may come out of order, milliseconds: the watermark runs this far behind the newest. */
  readonly latenessMs: number;
  readonly create: () => Content;
  readonly add: (content: Content, event: Event) => void;
}

/**
 * Puts events into windows. The watermark is the newest event time less the lateness allowed; a window closes when the
 * watermark reaches its end. Each event lands in each of its windows that is open, once in the whole and once in its
 * segment, or is counted late. Nothing depends on the clock: the same events in the same order give the same windows.
 */
export class WindowedStream<Event extends StreamEvent, Content> {
  readonly progress: StreamProgress = { events: 0, late: 0, lateEntries: 0 };
  /** By start, then by segment; starts ascending is not promised. */
  private readonly open = new Map<number, Map<string, OpenWindow<Content>>>();
  private earliestEnd = Number.POSITIVE_INFINITY;
  private closed: OpenWindow<Content>[] = [];

  constructor(private readonly options: WindowedStreamOptions<Event, Content>) {}

  /** Before it every window is closed; -Infinity before the first event. In events for count windows. */
  get watermark(): number {
    const { events, newest = Number.NEGATIVE_INFINITY } = this.progress;
    return this.options.spec.kind === "count" ? events : newest - this.options.latenessMs;
  }

  /** Goes on where a stored stream stopped. */
  restore(progress: StreamProgress, windows: readonly OpenWindow<Content>[]): void {
    Object.assign(this.progress, progress);
    for (const window of windows) this.keep(window);
  }

  insert(event: Event): void {
    const { spec, add } = this.options;
    const { progress } = this;
    const position = spec.kind === "count" ? progress.events : event.time;
    const before = this.watermark;
    let entered = 0;
    for (const start of windowStarts(spec, position)) {
      // By the watermark before this event: an event never closes the door to itself.
      if (start + windowLength(spec) <= before) {
        progress.lateEntries++;
        continue;
      }
      entered++;
      for (const window of this.windowsFor(start, event.segment)) {
        add(window.content, event);
        window.rows++;
      }
    }
    if (entered === 0) progress.late++;
    progress.events++;
    if (progress.newest === undefined || event.time > progress.newest) progress.newest = event.time;
    if (this.watermark >= this.earliestEnd) this.close();
  }

  /** Windows that events may still come to. */
  openWindows(): OpenWindow<Content>[] {
    return [...this.open.values()].flatMap((segments) => [...segments.values()]);
  }

  /** Windows closed since the last call, in order of their end. */
  takeClosed(): OpenWindow<Content>[] {
    const taken = this.closed;
    this.closed = [];
    return taken;
  }

  private windowsFor(start: number, segment: string | undefined): OpenWindow<Content>[] {
    const whole = this.windowOf(start, WHOLE);
    if (segment === undefined || segment === WHOLE) return [whole];
    const segments = this.open.get(start);
    const full = segments !== undefined && !segments.has(segment) && segments.size > MAX_SEGMENTS;
    return [whole, this.windowOf(start, full ? OTHER_SEGMENTS : segment)];
  }

  private windowOf(start: number, segment: string): OpenWindow<Content> {
    const found = this.open.get(start)?.get(segment);
    if (found) return found;
    const { spec, create } = this.options;
    return this.keep({ start, end: start + windowLength(spec), segment, rows: 0, content: create() });
  }

  private keep(window: OpenWindow<Content>): OpenWindow<Content> {
    const segments = this.open.get(window.start) ?? new Map<string, OpenWindow<Content>>();
    this.open.set(window.start, segments.set(window.segment, window));
    this.earliestEnd = Math.min(this.earliestEnd, window.end);
    return window;
  }

  private close(): void {
    const { watermark } = this;
    this.earliestEnd = Number.POSITIVE_INFINITY;
    const done: OpenWindow<Content>[] = [];
    for (const [start, segments] of this.open) {
      const end = start + windowLength(this.options.spec);
      if (end <= watermark) {
        done.push(...segments.values());
        this.open.delete(start);
      } else this.earliestEnd = Math.min(this.earliestEnd, end);
    }
    this.closed.push(...done.sort((a, b) => a.end - b.end));
  }
}
