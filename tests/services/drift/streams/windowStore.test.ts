import { join } from "node:path";
import type { Pool } from "pg";
import pino from "pino";
import { PartitionWorker, type StreamDefinition } from "../../../../services/drift/streams/partitionWorker";
import { streamMigration } from "../../../../services/drift/streams/streamMigration";
import { WHOLE } from "../../../../services/drift/streams/windowedStream";
import { FencedError, WindowStore } from "../../../../services/drift/streams/windowStore";
import { openDatabase } from "../../../../services/runtime/database";
import { type ServiceProcess, startServiceProcess } from "../../../support/serviceProcess";
import { temporaryFolder } from "../../../support/temporaryFolder";

const folder = temporaryFolder();
const definition: StreamDefinition = {
  format: { kinds: { x: "numeric" }, timeField: "t", segmentField: "s", aheadMs: 1e12 },
  window: { kind: "tumbling", sizeMs: 100 },
  latenessMs: 0,
  sketch: {},
};
const message = (offset: number, value: Record<string, unknown>) => ({
  offset,
  time: 0,
  value: Buffer.from(JSON.stringify(value)),
});
const messages = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => message(from + i, { t: 10 * (from + i), x: from + i, s: "a" }));

describe("WindowStore", () => {
  let metadata: ServiceProcess;
  let pool: Pool;
  let store: WindowStore;
  beforeAll(async () => {
    metadata = await startServiceProcess("metadata", { DATA_DIRECTORY: join(folder, "metadata") });
    const log = pino({ level: "silent" });
    pool = await openDatabase({ url: metadata.url, owner: "drift", migrations: [streamMigration], log });
    store = new WindowStore(pool);
  });
  afterAll(async () => {
    await pool.end();
    await metadata.stop();
  });
  const open = (stream: string, partition = 0) =>
    PartitionWorker.open({ stream, topic: "t", partition }, definition, store, 0);

  it("lets a worker go on where another was killed, and counts nothing twice", async () => {
    const first = await open("killed");
    first.process(messages(0, 25));
    await first.checkpoint();
    first.process(messages(25, 28));
    const second = await open("killed");
    expect(second.nextOffset).toBe(25);
    second.process(messages(20, 42));
    await second.checkpoint();
    const windows = await store.windows("killed", WHOLE, 0, 10);
    expect(windows.map(({ start, end, rows, closed }) => ({ start, end, rows, closed }))).toEqual([
      { start: 0, end: 100, rows: 10, closed: true },
      { start: 100, end: 200, rows: 10, closed: true },
      { start: 200, end: 300, rows: 10, closed: true },
      { start: 300, end: 400, rows: 10, closed: true },
      { start: 400, end: 500, rows: 2, closed: false },
    ]);
    const x = windows[2]?.sketch.columns.get("x");
    expect(x?.kind === "numeric" && x.moments).toMatchObject({ count: 10, minimum: 20, maximum: 29, mean: 24.5 });
    expect(await store.windows("killed", "a", 200, 1)).toMatchObject([{ start: 200, rows: 10 }]);
  });

  it("refuses one that comes late, and changes nothing then", async () => {
    const [slow, quick] = [await open("fenced"), await open("fenced")];
    slow.process(messages(0, 5));
    quick.process(messages(0, 7));
    await quick.checkpoint();
    await expect(slow.checkpoint()).rejects.toThrow(
      new FencedError("Partition 0 of t was taken over from offset none on by another replica."),
    );
    const late = await open("fenced");
    quick.process(messages(7, 8));
    await quick.checkpoint();
    late.process(messages(7, 9));
    await expect(late.checkpoint()).rejects.toThrow(
      new FencedError("Partition 0 of t was taken over from offset 7 on by another replica."),
    );
    expect((await store.windows("fenced", WHOLE, 0, 10)).map(({ rows }) => rows)).toEqual([8]);
  });

  it("merges the partitions of a window, and keeps what was counted on the way", async () => {
    const [one, two] = [await open("merged", 0), await open("merged", 1)];
    one.process([...messages(0, 12), message(12, { t: "never" }), message(13, { t: 2e12 }), message(14, { t: 5 })]);
    one.skipTo(20);
    two.process(messages(0, 3));
    await Promise.all([one.checkpoint(), two.checkpoint()]);
    const [window] = await store.windows("merged", WHOLE, 0, 1);
    expect(window).toMatchObject({ rows: 13, closed: false });
    expect(window?.sketch.rows).toBe(13);
    const counts = { events: 13, late: 1, lateEntries: 1, malformed: 1, ahead: 1, lost: 5 };
    expect(await store.progress("merged")).toEqual([
      { stream: "merged", topic: "t", partition: 0, nextOffset: 20, newest: 110, watermark: 110, ...counts },
      expect.objectContaining({ partition: 1, nextOffset: 3, events: 3, late: 0 }),
    ]);
    expect(await store.deleteBefore("merged", 100)).toBe(2);
  });

  it("stores nothing anew when nothing came", async () => {
    const worker = await open("idle");
    await worker.checkpoint();
    expect(await store.progress("idle")).toEqual([]);
    expect(await store.load({ stream: "idle", topic: "t", partition: 0 })).toBeUndefined();
  });
});
