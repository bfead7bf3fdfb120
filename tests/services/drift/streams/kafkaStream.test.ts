import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Pool } from "pg";
import { WHOLE } from "../../../../services/drift/streams/windowedStream";
import { WindowStore } from "../../../../services/drift/streams/windowStore";
import { callJson } from "../../../support/driftService";
import { eventually } from "../../../support/eventually";
import { describeWithKafka, type KafkaBroker } from "../../../support/kafkaBroker";
import { type ServiceProcess, startServiceProcess } from "../../../support/serviceProcess";
import { temporaryFolder } from "../../../support/temporaryFolder";

const PARTITIONS = 4;
const ROUNDS = 12;
const PER_ROUND = 1_000;
const folder = temporaryFolder();
const replicas = new Set<ChildProcess>();
afterAll(() => {
  for (const replica of replicas) replica.kill("SIGKILL");
});

describeWithKafka("a stream from Kafka", (startBroker) => {
  let broker: KafkaBroker;
  let metadata: ServiceProcess;
  let pool: Pool;
  let store: WindowStore;
  beforeAll(async () => {
    [broker, metadata] = await Promise.all([
      startBroker(),
      startServiceProcess("metadata", { DATA_DIRECTORY: join(folder, "metadata") }),
    ]);
    pool = new Pool({ connectionString: metadata.url, max: 1 });
    // The metadata service takes leave of its clients as it stops.
    pool.on("error", () => {});
    store = new WindowStore(pool);
  }, 120_000);
  afterAll(async () => {
    await pool?.end();
    await Promise.all([broker?.stop(), metadata?.stop()]);
  });

  /** Starts a replica and waits until it reads. */
  async function startReplica(topic: string): Promise<ChildProcess> {
    const replica = spawn(process.execPath, ["--import", "tsx", join("tests", "support", "streamReplica.ts")], {
      env: { PATH: process.env.PATH, KAFKA: broker.address, DATABASE_URL: metadata.url, TOPIC: topic },
      stdio: ["ignore", "pipe", "inherit"],
    });
    replicas.add(replica);
    await once(replica.stdout as NodeJS.ReadableStream, "data");
    return replica;
  }

  /** One round of events with numbers that no other round has, spread over the partitions. */
  async function produce(topic: string, round: number): Promise<void> {
    const producer = broker.kafka.producer();
    await producer.connect();
    const messages = Array.from({ length: PER_ROUND }, (_, i) => {
      const x = round * PER_ROUND + i;
      return { partition: x % PARTITIONS, value: JSON.stringify({ at: 10 * x, x, colour: x % 2 ? "red" : "blue" }) };
    });
    await producer.send({ topic, messages: [...messages, { partition: round % PARTITIONS, value: "no event" }] });
    await producer.disconnect();
  }

  const seen = async (topic: string) => {
    const partitions = await store.progress(topic).catch(() => []);
    return partitions.reduce((sum, { events }) => sum + events, 0);
  };

  it("loses and double-counts nothing when one of two replicas is killed mid-stream", async () => {
    const topic = "killed";
    const admin = broker.kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }] });
    await produce(topic, 0);
    const [victim, survivor] = await Promise.all([startReplica(topic), startReplica(topic)]);
    // The group has settled when each replica has half of the partitions.
    await eventually(async () => {
      const { groups } = await admin.describeGroups([`tideline-drift-${topic}`]);
      expect(groups[0]?.members).toHaveLength(2);
      expect(groups[0]?.state).toBe("Stable");
    }, 60);
    for (let round = 1; round < 5; round++) await produce(topic, round);
    await eventually(async () => expect(await seen(topic)).toBeGreaterThan(2 * PER_ROUND), 60);
    const producing = (async () => {
      for (let round = 5; round < ROUNDS; round++) await produce(topic, round);
    })();
    victim.kill("SIGKILL");
    await producing;

    const total = ROUNDS * PER_ROUND;
    await eventually(async () => expect(await seen(topic)).toBe(total), 90);
    const windows = await store.windows(topic, WHOLE, 0, 1_000);
    expect(windows.map(({ start }) => start)).toEqual(Array.from({ length: total / 100 }, (_, i) => 1_000 * i));
    for (const { start, rows, sketch } of windows) {
      const x = sketch.columns.get("x");
      if (x?.kind !== "numeric") throw new Error("x is numeric");
      // A hundred consecutive numbers, each once.
      expect([rows, x.count, x.distinctValues() >= 95]).toEqual([100, 100, true]);
      expect(x.moments).toMatchObject({ minimum: start / 10, maximum: start / 10 + 99 });
      expect(x.moments.mean).toBeCloseTo(start / 10 + 49.5, 9);
    }
    for (const segment of ["red", "blue"]) {
      const ofSegment = await store.windows(topic, segment, 0, 1_000);
      expect(ofSegment.every(({ rows }) => rows === 50)).toBe(true);
      expect(ofSegment).toHaveLength(windows.length);
    }
    const progress = await store.progress(topic);
    const counted = { late: 0, lateEntries: 0, ahead: 0, lost: 0, malformed: 3, events: total / PARTITIONS };
    expect(progress).toEqual(progress.map(() => expect.objectContaining(counted)));

    await eventually(async () => {
      const [committed] = await admin.fetchOffsets({ groupId: `tideline-drift-${topic}`, topics: [topic] });
      const offsets = committed?.partitions.map(({ offset }) => Number(offset)).sort();
      expect(offsets).toEqual(progress.map(({ nextOffset }) => nextOffset).sort());
    }, 30);
    survivor.kill("SIGTERM");
    expect(await once(survivor, "exit")).toEqual([0, null]);
    await admin.disconnect();
  }, 240_000);

  it("is watched by the service: windows with verdicts, in whole and by segment, stored before it leaves", async () => {
    const topic = "served";
    const producer = broker.kafka.producer();
    await producer.connect();
    // The second window has moved.
    const messages = Array.from({ length: 800 }, (_, i) => {
      const x = ((i * 37) % 100) + (i < 400 ? 0 : 60);
      return { value: JSON.stringify({ at: 10 * i, x, colour: i % 4 ? "red" : "blue", country: i % 2 ? "CH" : "AT" }) };
    });
    await producer.send({ topic, messages });
    await producer.disconnect();
    const stream = {
      ...{ name: "served", topic, reference_id: "model-1", time_field: "at", segment_field: "country" },
      window: { kind: "tumbling", sizeMs: 4_000 },
      lateness_ms: 0,
    };
    const drift = await startServiceProcess("drift", {
      DATABASE_URL: metadata.url,
      KAFKA_BROKERS: broker.address,
      STREAMS: JSON.stringify([stream]),
    });
    const columns = {
      x: Array.from({ length: 500 }, (_, i) => (i * 37) % 100),
      colour: Array.from({ length: 500 }, (_, i) => (i % 4 ? "red" : "blue")),
    };
    expect((await callJson("PUT", `${drift.url}/references/model-1`, { columns })).status).toBe(201);
    await eventually(async () => {
      const { body } = await callJson("GET", `${drift.url}/streams/served`);
      expect(body).toMatchObject({ partitions: [{ events: 800, next_offset: 800, late: 0, watermark: 7_990 }] });
    }, 60);
    const windowsOf = async (query: string) => {
      const { body } = await callJson("GET", `${drift.url}/streams/served/windows${query}`);
      return (body as { windows: Record<string, unknown>[] }).windows;
    };
    const [still, moved] = await windowsOf("");
    expect(still).toMatchObject({ start: 0, end: 4_000, rows: 400, closed: true, verdict: "no_drift", drift_score: 0 });
    expect(moved).toMatchObject({
      rows: 400,
      closed: false,
      verdict: "drift",
      features_affected: ["x"],
      drift_score: 0.5,
    });
    expect(moved?.columns).toMatchObject({
      x: { test: "kolmogorov_smirnov", drifted: true, certain: true, psi: { error: 0 } },
      colour: { test: "chi_square", drifted: false, statistic: { error: 0 } },
    });
    expect(await windowsOf("?segment=CH&from=1")).toMatchObject([{ start: 4_000, segment: "CH", rows: 200 }]);
    expect(await windowsOf("?minimum_rows=1000&limit=1")).toMatchObject([{ verdict: "not_enough_data", columns: {} }]);
    expect((await callJson("GET", `${drift.url}/streams/none`)).body).toEqual({
      error: { code: "stream_not_found", message: 'There is no stream "none". The variable STREAMS names them.' },
    });
    expect(await drift.stop()).toBe(0);
  }, 120_000);
});
