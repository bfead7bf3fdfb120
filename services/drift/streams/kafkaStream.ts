import { type Batch, type Consumer, type EachBatchPayload, Kafka, logLevel } from "kafkajs";
import type { Logger } from "../../runtime/logging";
import { PartitionWorker, type StreamDefinition } from "./partitionWorker";
import { FencedError, type StreamPartition, type WindowStore } from "./windowStore";

/** Messages taken in between two heartbeats. */
const SLICE = 2_000;

/** Where a stream comes from and how often it is stored. */
export interface KafkaStreamArgs {
  /** Names the stream in the store, and its consumer group `tideline-drift-<name>`. */
  readonly name: string;
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly definition: StreamDefinition;
  readonly store: WindowStore;
  readonly log: Logger;
  /** Longest time that what was read stays unstored, milliseconds. @default 5000 */
  readonly checkpointMs?: number | undefined;
  /** Most messages of a partition that stay unstored. @default 50000 */
  readonly checkpointMessages?: number | undefined;
  /** How long the group waits for a silent replica before its partitions go to others, milliseconds. @default 30000 */
  readonly sessionTimeoutMs?: number | undefined;
}

/** A stream that is being read. */
export interface RunningStream {
  /** Stores and commits what was read, then leaves the group, so that others go on at once. */
  close(): Promise<void>;
}

/**
 * Reads a topic as one member of a consumer group. The truth about how far a partition is summarised is the store's,
 * written together with the windows; Kafka's own offsets are committed after it, and only say where to begin reading.
 * What is read twice is passed over, and what was read but not stored is read again, by this replica or another.
 */
export async function startKafkaStream(args: KafkaStreamArgs): Promise<RunningStream> {
  const { name, brokers, topic, log, sessionTimeoutMs = 30_000 } = args;
  const kafka = new Kafka({
    clientId: `tideline-drift-${name}`,
    brokers: [...brokers],
    logCreator: () => kafkaLog(log),
  });
  const consumer = kafka.consumer({
    groupId: `tideline-drift-${name}`,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: Math.ceil(sessionTimeoutMs / 10),
    // A database or broker that is away for an hour must not end the stream.
    retry: { restartOnFailure: async () => true },
  });
  const reader = new TopicReader(args, consumer, kafka.admin());
  try {
    await reader.start(topic);
  } catch (error) {
    await reader.close().catch(() => {});
    throw error;
  }
  return { close: () => reader.close() };
}

type Admin = ReturnType<Kafka["admin"]>;

class TopicReader {
  private workers = new Map<number, PartitionWorker>();
  /** Offsets that this replica committed last, by partition. */
  private readonly committed = new Map<number, number>();
  private timer: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(
    private readonly args: KafkaStreamArgs,
    private readonly consumer: Consumer,
    private readonly admin: Admin,
  ) {}

  async start(topic: string): Promise<void> {
    const { consumer } = this;
    await this.admin.connect();
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    // Partitions were dealt anew: another replica may have gone on with any of them, so all are looked up again.
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.workers = new Map();
      this.committed.clear();
    });
    await consumer.run({ autoCommit: false, eachBatch: (payload) => this.read(payload) });
    this.timer = setInterval(() => void this.storeAll(), this.args.checkpointMs ?? 5_000);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    // Nothing more is taken in, then what was is stored and committed, and only then the group is left.
    this.closing = true;
    await this.storeAll();
    await Promise.all([this.consumer.disconnect(), this.admin.disconnect()]);
  }

  private async read({ batch, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const worker = await this.workerFor(batch);
    if (!worker) return;
    const messages = batch.messages.map(({ offset, timestamp, value }) => {
      return { offset: Number(offset), time: Number(timestamp), value };
    });
    const goesOn = () => isRunning() && !isStale() && !this.closing;
    for (let from = 0; from < messages.length && goesOn(); from += SLICE) {
      worker.process(messages.slice(from, from + SLICE));
      const unstored = worker.nextOffset - worker.storedOffset;
      if (unstored >= (this.args.checkpointMessages ?? 50_000)) await this.store(batch.partition, worker);
      await heartbeat();
    }
  }

  /** The worker of a batch's partition; undefined when the batch is not the one to go on with. */
  private async workerFor(batch: Batch): Promise<PartitionWorker | undefined> {
    const { name, definition, store, log } = this.args;
    const { topic, partition } = batch;
    const begin = fetchedOffset(batch);
    const { workers } = this;
    const id = { stream: name, topic, partition };
    const worker = workers.get(partition) ?? (await PartitionWorker.open(id, definition, store, begin));
    // Dealt anew while it was looked up: the batch is of the old deal.
    if (workers !== this.workers || this.closing) return undefined;
    workers.set(partition, worker);
    if (Number(batch.highWatermark) < worker.nextOffset) throw recreated(id, batch.highWatermark, worker.nextOffset);
    if (begin <= worker.nextOffset) return worker;
    const oldest = await this.oldestOffset(topic, partition);
    if (oldest <= worker.nextOffset) {
      this.consumer.seek({ topic, partition, offset: String(worker.nextOffset) });
      return undefined;
    }
    log.error({ topic, partition, from: worker.nextOffset, to: oldest }, "messages were deleted before they were read");
    worker.skipTo(Math.min(oldest, begin));
    return worker;
  }

  private async oldestOffset(topic: string, partition: number): Promise<number> {
    const offsets = await this.admin.fetchTopicOffsets(topic);
    return Number(offsets.find((found) => found.partition === partition)?.low ?? 0);
  }

  private async storeAll(): Promise<void> {
    await Promise.all([...this.workers].map(([partition, worker]) => this.store(partition, worker)));
  }

  /** Stores a worker's windows, then commits. On failure the worker is given up and its messages are read again. */
  private async store(partition: number, worker: PartitionWorker): Promise<void> {
    const { topic, log } = this.args;
    const before = worker.storedOffset;
    try {
      await worker.checkpoint();
    } catch (error) {
      const fenced = error instanceof FencedError;
      log.warn({ err: error, partition }, fenced ? "another replica has the partition" : "windows could not be stored");
      if (this.workers.get(partition) === worker) this.workers.delete(partition);
      this.consumer.seek({ topic, partition, offset: String(before) });
      return;
    }
    await this.commit(partition, worker.storedOffset);
  }

  /** Only saves reading again: the next reader passes over what the store has. What fails is tried at the next checkpoint. */
  private async commit(partition: number, offset: number): Promise<void> {
    const { topic, log } = this.args;
    if (this.committed.get(partition) === offset) return;
    try {
      await this.consumer.commitOffsets([{ topic, partition, offset: String(offset) }]);
      this.committed.set(partition, offset);
    } catch (error) {
      log.debug({ err: error, partition }, "offset not committed");
    }
  }
}

/** Where the fetch began, which differs from the first message where a topic was compacted; missing in kafkajs's types. */
function fetchedOffset(batch: Batch): number {
  return Number((batch as Batch & { readonly fetchedOffset: string }).fetchedOffset);
}

function recreated({ stream, topic, partition }: StreamPartition, end: string, stored: number): Error {
  return new Error(
    `Partition ${partition} of topic ${topic} ends at offset ${end}, but stream ${stream} is stored up to ${stored}: the topic was made anew. Give the stream another name to begin again.`,
  );
}

/** kafkajs's lines in the service's log; its errors are retried, so they are warnings here. */
function kafkaLog(log: Logger): (entry: { level: logLevel; log: { message: string } }) => void {
  return ({ level, log: { message, ...details } }) => {
    if (level <= logLevel.WARN) log.warn({ kafka: details }, message);
    else log.debug({ kafka: details }, message);
  };
}
