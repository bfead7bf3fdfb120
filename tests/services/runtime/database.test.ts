import { createServer } from "node:net";
import { join } from "node:path";
import type { Pool } from "pg";
import {
  DatabaseUnreachableError,
  isDatabaseUnavailable,
  openDatabase,
  watchDatabase,
} from "../../../services/runtime/database";
import { createLogger } from "../../../services/runtime/logging";
import { type ServiceProcess, startServiceProcess } from "../../support/serviceProcess";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
const log = createLogger("test", "silent");
const first = { name: "0001_items", up: "create table items (id int primary key); insert into items values (1)" };
const second = { name: "0002_names", up: "alter table items add column name text not null default 'none'" };

let metadata: ServiceProcess;
const pools: Pool[] = [];
const open = async (owner: string, migrations: readonly { name: string; up: string }[]) => {
  const pool = await openDatabase({ url: metadata.url, owner, migrations, log });
  pools.push(pool);
  return pool;
};

beforeAll(async () => {
  metadata = await startServiceProcess("metadata", { DATA_DIRECTORY: join(folder, "data") });
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await metadata.stop();
});

describe("openDatabase", () => {
  it("migrates once when replicas start together, and later only what is new", async () => {
    const replicas = await Promise.all(Array.from({ length: 4 }, () => open("many-replicas", [first])));
    const upgraded = await Promise.all(Array.from({ length: 3 }, () => open("many-replicas", [first, second])));
    for (const pool of [...replicas, ...upgraded]) {
      const { rows } = await pool.query("select * from items");
      expect(rows).toEqual([{ id: 1, name: "none" }]);
    }
    const { rows } = await (upgraded[0] as Pool).query("select name from many_replicas_migrations order by name");
    expect(rows).toEqual([{ name: "0001_items" }, { name: "0002_names" }]);
  });

  it("leaves nothing of a migration that fails, and applies it once it is mended", async () => {
    const broken = { name: "0001_half", up: "create table half (id int); select 1 / 0" };
    await expect(open("broken", [broken])).rejects.toThrow("division by zero");
    const pool = await open("broken", [{ ...broken, up: "create table half (id int)" }]);
    expect((await pool.query("select * from half")).rows).toEqual([]);
  });

  it("keeps the histories of two owners apart", async () => {
    const pool = await open("owner-a", [{ name: "0001_same", up: "create table of_a (id int)" }]);
    await open("owner-b", [{ name: "0001_same", up: "create table of_b (id int)" }]);
    expect((await pool.query("select * from of_b")).rows).toEqual([]);
  });

  it("says which database did not answer, and for how long it waited", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const opening = openDatabase({
      url: `postgres://nobody@127.0.0.1:${port}/none`,
      owner: "late",
      migrations: [],
      log,
      waitSeconds: 0.2,
    });
    await expect(opening).rejects.toThrow(DatabaseUnreachableError);
    await expect(opening).rejects.toThrow(
      `The database at 127.0.0.1:${port} did not answer within 0.2 s: connect ECONNREFUSED 127.0.0.1:${port}. Start it, or correct DATABASE_URL.`,
    );
  });
});

describe("watchDatabase", () => {
  it("says that the database is away, and that it is back", async () => {
    const own = { DATA_DIRECTORY: join(folder, "watched") };
    const first = await startServiceProcess("metadata", own);
    const { port } = new URL(first.url);
    const pool = await openDatabase({ url: first.url, owner: "watcher", migrations: [], log });
    pools.push(pool);
    const watch = watchDatabase(pool, log, 20);
    const turnsTo = async (expected: string | undefined) => {
      while (watch.problem() !== expected) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await turnsTo(undefined);
    await first.stop("SIGKILL");
    await turnsTo(`the database does not answer: connect ECONNREFUSED 127.0.0.1:${port}`);
    const second = await startServiceProcess("metadata", { ...own, PORT: port });
    await turnsTo(undefined);
    watch.stop();
    await second.stop();
  });
});

describe("isDatabaseUnavailable", () => {
  const withCode = (code: string) => Object.assign(new Error("x"), { code });
  it.each([
    [withCode("ECONNREFUSED"), true],
    [withCode("57P01"), true],
    [withCode("53300"), true],
    [withCode("08006"), true],
    [new Error("Connection terminated unexpectedly"), true],
    [new Error("Query read timeout"), true],
    [new Error("timeout exceeded when trying to connect"), true],
    [new AggregateError([withCode("ECONNREFUSED")]), true],
    [withCode("23505"), false],
    [withCode("42P01"), false],
    [new Error("some bug"), false],
    ["text", false],
  ])("%s -> %s", (error, expected) => {
    expect(isDatabaseUnavailable(error)).toBe(expected);
  });
});
