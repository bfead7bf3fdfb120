import pino from "pino";
import { startKafkaStream } from "../../services/drift/streams/kafkaStream";
import { streamMigration } from "../../services/drift/streams/streamMigration";
import { WindowStore } from "../../services/drift/streams/windowStore";
import { openDatabase } from "../../services/runtime/database";

/** A replica of a stream as a process of its own, which a test may kill. Reads KAFKA, DATABASE_URL and TOPIC. */
async function main(): Promise<void> {
  const { KAFKA = "", DATABASE_URL = "", TOPIC = "" } = process.env;
  const log = pino({ level: "warn" }, pino.destination(2));
  const pool = await openDatabase({ url: DATABASE_URL, owner: "drift", migrations: [streamMigration], log });
  const stream = await startKafkaStream({
    name: TOPIC,
    topic: TOPIC,
    brokers: [KAFKA],
    definition: {
      format: {
        kinds: { x: "numeric", colour: "categorical" },
        timeField: "at",
        segmentField: "colour",
        aheadMs: 1e12,
      },
      window: { kind: "tumbling", sizeMs: 1_000 },
      latenessMs: 1_000_000,
      sketch: {},
    },
    store: new WindowStore(pool),
    log,
    checkpointMs: 150,
    checkpointMessages: 700,
    sessionTimeoutMs: 5_000,
  });
  process.on("SIGTERM", () => {
    void stream
      .close()
      .then(() => pool.end())
      .then(() => process.exit(0));
  });
  process.stdout.write("ready\n");
}

void main();
