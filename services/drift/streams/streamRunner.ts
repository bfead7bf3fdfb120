import type { Logger } from "../../runtime/logging";
import { gridOfSummary, type ReferenceGrid } from "../sketches/referenceGrid";
import type { ColumnSummary } from "../summary";
import { type RunningStream, startKafkaStream } from "./kafkaStream";
import type { StreamDefinition } from "./partitionWorker";
import type { StreamSettings } from "./streamSettings";
import type { WindowStore } from "./windowStore";

/** How long a stream whose reference is not there yet, or whose broker is away, waits before it tries again. */
const RETRY_MS = 5_000;

export interface StreamRunnerArgs {
  readonly streams: readonly StreamSettings[];
  readonly brokers: readonly string[];
  readonly store: WindowStore;
  readonly log: Logger;
  /** Columns of a reference; undefined while there is none of that id. */
  readonly reference: (id: string) => Promise<ReadonlyMap<string, ColumnSummary> | undefined>;
  /** @default 5000 */
  readonly retryMs?: number;
}

/** Keeps streams running: each starts when its reference is there, and is tried again until it does. */
export class StreamRunner {
  private readonly running: RunningStream[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly starting = new Set<Promise<void>>();
  private stopped = false;

  /** @throws {Error} when there are streams and no brokers to read them from. */
  constructor(private readonly args: StreamRunnerArgs) {
    if (args.streams.length > 0 && args.brokers.length === 0) {
      throw new Error(
        `STREAMS names ${args.streams.length} stream(s) and KAFKA_BROKERS is not set: set it to host:port of a broker.`,
      );
    }
    for (const settings of args.streams) this.try(settings);
  }

  /** Stores and commits what was read, and leaves the groups. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.starting);
    await Promise.all(this.running.map((stream) => stream.close()));
  }

  private try(settings: StreamSettings): void {
    const attempt = this.start(settings)
      .catch((error: Error) => {
        this.args.log.warn({ err: error, stream: settings.name }, "stream does not start; it is tried again");
        return false;
      })
      .then((started) => {
        this.starting.delete(attempt);
        if (started || this.stopped) return;
        const timer = setTimeout(() => {
          this.timers.delete(timer);
          this.try(settings);
        }, this.args.retryMs ?? RETRY_MS);
        this.timers.add(timer);
      });
    this.starting.add(attempt);
  }

  private async start(settings: StreamSettings): Promise<boolean> {
    const { name, topic, reference_id: id } = settings;
    const { brokers, store, log } = this.args;
    const columns = await this.args.reference(id);
    if (!columns) {
      log.info({ stream: name, reference: id }, "stream waits for its reference");
      return false;
    }
    const definition = defineStream(settings, columns);
    this.running.push(await startKafkaStream({ name, topic, brokers, store, log, definition }));
    log.info({ stream: name, topic }, "stream is read");
    return true;
  }
}

/** How messages become windows: the columns and the grids are those of the reference. */
export function defineStream(settings: StreamSettings, columns: ReadonlyMap<string, ColumnSummary>): StreamDefinition {
  const grids = new Map<string, ReferenceGrid>();
  for (const [name, summary] of columns) {
    const grid = summary.kind === "numeric" ? gridOfSummary(summary) : undefined;
    if (grid) grids.set(name, grid);
  }
  return {
    format: {
      kinds: Object.fromEntries([...columns].map(([name, { kind }]) => [name, kind])),
      timeField: settings.time_field,
      segmentField: settings.segment_field,
      aheadMs: settings.ahead_ms,
    },
    window: settings.window,
    latenessMs: settings.lateness_ms,
    sketch: { grids },
  };
}
