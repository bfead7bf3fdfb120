import { mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Client, Pool } from "pg";
import { startMetadata } from "../../../services/metadata/metadata";
import { createLogger } from "../../../services/runtime/logging";
import { type ServiceProcess, startServiceProcess } from "../../support/serviceProcess";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url);
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe("several clients of one metadata service", () => {
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startServiceProcess("metadata", {
      DATA_DIRECTORY: join(folder, "clients"),
      MAX_CONNECTIONS: "12",
      IDLE_TURN_SECONDS: "1",
    });
  });
  afterAll(() => service.stop());

  it("answers each query with its own result, and loses no update of interleaved transactions", async () => {
    const pools = [1, 2].map(() => new Pool({ connectionString: service.url, max: 4 }));
    await pools[0]?.query("create table counters (id int primary key, value int not null)");
    await pools[0]?.query("insert into counters values (1, 0)");
    const add = async (pool: Pool) => {
      const client = await pool.connect();
      try {
        await client.query("begin");
        const { rows } = await client.query<{ value: number }>("select value from counters where id = $1", [1]);
        await client.query("update counters set value = $1 where id = 1", [(rows[0]?.value ?? 0) + 1]);
        await client.query("commit");
      } finally {
        client.release();
      }
    };
    const ask = async (pool: Pool, i: number) => {
      const sql = i % 2 === 0 ? "select $1::int as v" : "select $1::text as v, 'other shape' as w";
      const { rows } = await pool.query<{ v: unknown }>(sql, [i]);
      expect(rows[0]?.v).toBe(i % 2 === 0 ? i : String(i));
    };
    const fail = (pool: Pool) => expect(pool.query("select $1::int / 0", [1])).rejects.toThrow("division by zero");
    const tasks = Array.from({ length: 120 }, (_, i) => {
      const pool = pools[i % 2] as Pool;
      return i % 3 === 0 ? add(pool) : i % 10 === 1 ? fail(pool) : ask(pool, i);
    });
    await Promise.all(tasks);
    const { rows } = await (pools[0] as Pool).query("select value from counters");
    expect(rows).toEqual([{ value: 40 }]);
    await Promise.all(pools.map((pool) => pool.end()));
  });

  it("keeps prepared statements of the same name apart", async () => {
    const answers = await withClient(service.url, (a) =>
      withClient(service.url, async (b) => {
        const ask = (client: Client, text: string) => client.query<{ v: string }>({ name: "same", text });
        const results = [
          await ask(a, "select 'a' as v"),
          await ask(b, "select 'b' as v"),
          await ask(a, "select 'a' as v"),
        ];
        return results.map(({ rows }) => rows[0]?.v);
      }),
    );
    expect(answers).toEqual(["a", "b", "a"]);
    const left = await withClient(service.url, (c) =>
      c.query("select name from pg_prepared_statements where name like '%same'"),
    );
    expect(left.rows).toEqual([]);
  });

  it("rolls back the transaction of a client that vanishes, and goes on", async () => {
    await withClient(service.url, (c) => c.query("create table vanished (a int)"));
    const client = new Client(service.url);
    client.on("error", () => {});
    await client.connect();
    await client.query("begin");
    await client.query("insert into vanished values (1)");
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    const { rows } = await withClient(service.url, (c) => c.query("select * from vanished"));
    expect(rows).toEqual([]);
  });

  it("cuts off a client that idles inside a transaction", async () => {
    const client = new Client(service.url);
    const lost = new Promise<Error>((resolve) => client.on("error", resolve));
    await client.connect();
    await client.query("begin");
    const other = withClient(service.url, (c) => c.query("select 1 as one"));
    expect((await lost).message).toBe(
      "idle inside a transaction for 1 s (IDLE_TURN_SECONDS), which keeps all other clients waiting",
    );
    expect((await other).rows).toEqual([{ one: 1 }]);
  });

  it("carries values of megabytes", async () => {
    const rows = await withClient(service.url, async (client) => {
      await client.query("create table large (bytes bytea)");
      await client.query("insert into large values ($1)", [Buffer.alloc(4_000_000, 7)]);
      return (await client.query<{ bytes: Buffer }>("select bytes from large")).rows;
    });
    expect(rows[0]?.bytes.equals(Buffer.alloc(4_000_000, 7))).toBe(true);
  });

  it("refuses COPY FROM STDIN, at which PGlite would exit", async () => {
    const { rows } = await withClient(service.url, async (client) => {
      await expect(client.query("copy large from stdin")).rejects.toThrow(
        "COPY FROM STDIN is not available on PGlite: use INSERT",
      );
      await expect(client.query({ name: "copying", text: "COPY large\nFROM STDIN" })).rejects.toThrow("use INSERT");
      return client.query("select 1 as one");
    });
    expect(rows).toEqual([{ one: 1 }]);
  });

  it("refuses one client too many and says which setting allows more", async () => {
    const clients = Array.from({ length: 12 }, () => new Client(service.url));
    await Promise.all(clients.map((client) => client.connect()));
    const extra = new Client(service.url);
    extra.on("error", () => {});
    await expect(extra.connect()).rejects.toThrow("sorry, too many clients already: 12 of 12 (MAX_CONNECTIONS)");
    await Promise.all(clients.map((client) => client.end()));
  });
});

describe("the life of the data", () => {
  const write = (url: string, value: number) =>
    withClient(url, async (client) => {
      await client.query("create table if not exists lives (value int)");
      await client.query("insert into lives values ($1)", [value]);
    });
  const read = (url: string) =>
    withClient(url, async (c) => (await c.query("select value from lives order by 1")).rows);

  it("outlives a stop, a kill -9 and half-made folders", async () => {
    const variables = { DATA_DIRECTORY: join(folder, "life") };
    mkdirSync(join(variables.DATA_DIRECTORY, "initialising-cut-short"), { recursive: true });
    const first = await startServiceProcess("metadata", variables);
    await write(first.url, 1);
    expect(await first.stop()).toBe(0);
    expect(readdirSync(variables.DATA_DIRECTORY)).toEqual(["postgres"]);

    const second = await startServiceProcess("metadata", variables);
    await write(second.url, 2);
    await expect(startServiceProcess("metadata", variables)).rejects.toThrow(
      `The data directory ${variables.DATA_DIRECTORY} is already open in process ${second.pid}. Two processes would damage it: stop that one first, or set DATA_DIRECTORY to another folder.`,
    );
    const open = new Client(second.url);
    open.on("error", () => {});
    await open.connect();
    await open.query("begin");
    await open.query("insert into lives values (99)");
    expect(await second.stop("SIGKILL")).toBeNull();

    const third = await startServiceProcess("metadata", variables);
    expect(await read(third.url)).toEqual([{ value: 1 }, { value: 2 }]);
    await write(third.url, 3);
    expect(await read(third.url)).toHaveLength(3);
    expect(await third.stop()).toBe(0);
  });

  it("stops while clients are connected, after the transaction in progress", async () => {
    const variables = { DATA_DIRECTORY: join(folder, "life") };
    const service = await startServiceProcess("metadata", variables);
    const client = new Client(service.url);
    client.on("error", () => {});
    await client.connect();
    await client.query("begin");
    await client.query("insert into lives values (4)");
    const stopped = service.stop();
    await client.query("commit");
    expect(await stopped).toBe(0);
    const again = await startServiceProcess("metadata", variables);
    expect(await read(again.url)).toHaveLength(4);
    await again.stop();
  });

  it("says that the port is taken, and leaves the folder free", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const variables = { DATA_DIRECTORY: join(folder, "life") };
    await expect(startServiceProcess("metadata", { ...variables, PORT: String(port) })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program. Free it or set PORT.`,
    );
    server.close();
    const service = await startServiceProcess("metadata", variables);
    await service.stop();
  });
});

it("names a data directory that it cannot make", async () => {
  const environment = {
    HOST: "127.0.0.1",
    PORT: 0,
    LOG_LEVEL: "silent" as const,
    DATA_DIRECTORY: join(__filename, "below"),
    MAX_CONNECTIONS: 1,
    IDLE_TURN_SECONDS: 1,
  };
  await expect(startMetadata({ environment, log: createLogger("metadata", "silent") })).rejects.toThrow(
    `The data directory ${environment.DATA_DIRECTORY} cannot be used: ENOTDIR: not a directory, mkdir '${environment.DATA_DIRECTORY}'. DATA_DIRECTORY must be a folder that this user may write.`,
  );
});
