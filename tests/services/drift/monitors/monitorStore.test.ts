import { join } from "node:path";
import type { Pool } from "pg";
import { driftMigrations } from "../../../../services/drift/migrations";
import { encodeBatch, joinBatches } from "../../../../services/drift/monitors/batchCodec";
import { MonitorStore } from "../../../../services/drift/monitors/monitorStore";
import { putMonitorBody } from "../../../../services/drift/monitors/request";
import { openDatabase } from "../../../../services/runtime/database";
import { createLogger } from "../../../../services/runtime/logging";
import { type ServiceProcess, startServiceProcess } from "../../../support/serviceProcess";
import { temporaryFolder } from "../../../support/temporaryFolder";

const folder = temporaryFolder();
const { reference_id, every_seconds: _, ...rules } = putMonitorBody.parse({ reference_id: "r" });

describe("MonitorStore", () => {
  let metadata: ServiceProcess;
  let pool: Pool;
  beforeAll(async () => {
    metadata = await startServiceProcess("metadata", { DATA_DIRECTORY: join(folder, "metadata") });
    const log = createLogger("test", "silent");
    pool = await openDatabase({ url: metadata.url, owner: "drift", migrations: driftMigrations, log });
  });
  afterAll(async () => {
    await pool.end();
    await metadata.stop();
  });

  it("refuses the result of a replica whose lease ran out, so that rows are judged once by whoever took over", async () => {
    const store = new MonitorStore(pool);
    await store.put("m", reference_id, 60, rules);
    await store.addBatch("m", 2, encodeBatch({ a: [1, 2] }));
    expect(await store.claim("nobody")).toBeUndefined();
    const hung = await store.claim("first", "m");
    expect(await store.claim("second", "m")).toBeUndefined();
    await pool.query("update drift_monitors set lease_until = now() - interval '1 second', next_run_at = now()");
    const next = await store.claim("second");
    if (!hung || !next) throw new Error("not claimed");
    const [batch] = await store.batches("m");
    const result = { outcome: "no_drift", message: null, reportId: null, judgedBatch: batch?.id } as const;
    let written = 0;
    const write = async () => {
      written++;
    };
    expect(await store.finish(hung, result, write)).toBe(false);
    expect([written, (await store.get("m"))?.waitingRows]).toEqual([0, 2]);
    // What came while the run was at work waits for the next one.
    await store.addBatch("m", 1, encodeBatch({ a: [3] }));
    expect(await store.finish(next, result, write)).toBe(true);
    expect([written, (await store.get("m"))?.waitingRows]).toEqual([1, 1]);
    expect(await store.claim("third")).toBeUndefined();
  });

  it("undoes a run whose report cannot be written", async () => {
    const store = new MonitorStore(pool);
    await store.put("undone", reference_id, 60, rules);
    await store.addBatch("undone", 1, encodeBatch({ a: [1] }));
    const claimed = await store.claim("lease", "undone");
    if (!claimed) throw new Error("not claimed");
    const [batch] = await store.batches("undone");
    const result = { outcome: "drift", message: null, reportId: "x", judgedBatch: batch?.id } as const;
    const failing = store.finish(claimed, result, async () => {
      throw new Error("no room");
    });
    await expect(failing).rejects.toThrow("no room");
    expect(await store.get("undone")).toMatchObject({ waitingRows: 1, lastOutcome: null });
  });
});

describe("batches", () => {
  it("join in order, with nulls for columns that one of them lacks", () => {
    const batches = [{ a: [1, null] }, { a: [3], b: ["x"] }, { b: ["y"] }].map(encodeBatch);
    expect(joinBatches(batches)).toEqual({ a: [1, null, 3, null], b: [null, null, "x", "y"] });
  });
});
