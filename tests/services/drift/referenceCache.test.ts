import { join } from "node:path";
import type { Pool } from "pg";
import { parseColumns } from "../../../services/drift/columns";
import { driftMigrations } from "../../../services/drift/migrations";
import { ReferenceCache } from "../../../services/drift/referenceCache";
import { ReferenceStore } from "../../../services/drift/referenceStore";
import { ReferenceCells } from "../../../services/drift/statistics/referenceCells";
import { type ColumnSummary, summarise } from "../../../services/drift/summary";
import { openDatabase } from "../../../services/runtime/database";
import { createLogger } from "../../../services/runtime/logging";
import { type ServiceProcess, startServiceProcess } from "../../support/serviceProcess";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
const wide = (columns: number, shift = 0): ColumnSummary[] => {
  const values = Array.from({ length: 1000 }, (_, i) => i + shift);
  return [...parseColumns(Object.fromEntries(Array.from({ length: columns }, (_, c) => [`c${c}`, values])), {})].map(
    summarise,
  );
};

describe("ReferenceCache on a real store", () => {
  let metadata: ServiceProcess;
  let pool: Pool;
  let store: ReferenceStore;
  beforeAll(async () => {
    metadata = await startServiceProcess("metadata", { DATA_DIRECTORY: join(folder, "metadata") });
    const log = createLogger("test", "silent");
    pool = await openDatabase({ url: metadata.url, owner: "drift", migrations: driftMigrations, log });
    store = new ReferenceStore(pool);
  });
  afterAll(async () => {
    await pool.end();
    await metadata.stop();
  });

  it("reads a reference once, however many ask at once, and again when it was replaced", async () => {
    await store.put("a", wide(1), false);
    const cache = new ReferenceCache(store, 1e9);
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => cache.get("a")));
    expect(first?.columns.get("c0")).toEqual(wide(1)[0]);
    for (const other of others) expect(other).toBe(first);
    expect(await cache.get("a")).toBe(first);
    await store.put("a", wide(2), true);
    expect((await cache.get("a"))?.columns.size).toBe(2);
    await store.delete("a");
    expect(await cache.get("a")).toBeUndefined();
    expect(cache.bytes).toBe(0);
  });

  it("drops the least recently used beyond its bytes, and never holds what does not fit", async () => {
    for (const id of ["x", "y", "z"]) await store.put(id, wide(1), false);
    await store.put("huge", wide(4), false);
    const one = 8_000 + 600 + ReferenceCells.bytes;
    const cache = new ReferenceCache(store, 2 * one);
    const x = await cache.get("x");
    const y = await cache.get("y");
    expect(await cache.get("x")).toBe(x);
    await cache.get("z");
    expect(cache.bytes).toBeLessThanOrEqual(2 * one);
    expect(await cache.get("x")).toBe(x);
    expect(await cache.get("y")).not.toBe(y);
    expect((await cache.get("huge"))?.columns.size).toBe(4);
    expect(cache.bytes).toBeLessThanOrEqual(2 * one);
  });

  it("stores wide references in several batches, in order", async () => {
    const names = (summaries: readonly ColumnSummary[]) => summaries.map(({ name }) => name);
    const many = wide(700);
    expect(await store.put("wide", many, false)).toBe("created");
    expect(names((await store.read("wide"))?.summaries ?? [])).toEqual(names(many));
    expect((await store.info("wide"))?.columns).toHaveLength(700);
  });
});
