import { setTimeout as sleep } from "node:timers/promises";
import { Pool, type PoolClient } from "pg";
import { Umzug } from "umzug";
import type { Logger } from "./logging";

/** One step of a schema: applied once, in order of `name`, inside a transaction of its own. */
export interface Migration {
  /** `0001_what_it_does`; never renamed once released. */
  readonly name: string;
  readonly up: string;
}

export interface DatabaseArgs {
  /** postgres:// URL. */
  readonly url: string;
  /** The service that owns the tables; each keeps its own migration history. */
  readonly owner: string;
  readonly migrations: readonly Migration[];
  readonly log: Logger;
  /** How long to wait for a database that is still starting. @default 30 */
  readonly waitSeconds?: number;
}

/** The database did not answer in time. */
export class DatabaseUnreachableError extends Error {
  override readonly name = "DatabaseUnreachableError";
}

/**
 * Opens a pool on the metadata store, waiting for one that is still starting, and brings the owner's tables up to
 * date. Replicas that start together take turns. The caller ends the pool.
 * @throws {DatabaseUnreachableError} when it does not answer within `waitSeconds`.
 */
export async function openDatabase({ url, owner, migrations, log, waitSeconds = 30 }: DatabaseArgs): Promise<Pool> {
  const pool = new Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 10_000,
    // A server that has gone without a word (a network split) fails the query instead of holding it for ever.
    query_timeout: 60_000,
    application_name: owner,
  });
  pool.on("error", (error) => log.warn({ err: error }, "idle database connection lost"));
  try {
    await waitForDatabase(pool, url, waitSeconds, log);
    await migrate(pool, owner, migrations, log);
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** SQLSTATE classes of a server that cannot be used now: connection lost, out of resources, shutting down or starting. */
const UNAVAILABLE_STATES = /^(08|53|57P)/;
const UNAVAILABLE_CODES = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** What pg throws without a code when a connection ends or is not made in time. */
const UNAVAILABLE_MESSAGES =
  /^Connection terminated|^Query read timeout|^timeout exceeded when trying to connect|^Client has encountered a connection error/;

/** Whether an error of a query means that the database cannot be reached now, so that the same query may work later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code, message, errors } = (error ?? {}) as { code?: unknown; message?: unknown; errors?: unknown };
  // One failure for each address of a host name.
  if (Array.isArray(errors)) return errors.some(isDatabaseUnavailable);
  const known = typeof code === "string" && (UNAVAILABLE_STATES.test(code) || UNAVAILABLE_CODES.test(code));
  return known || (typeof message === "string" && UNAVAILABLE_MESSAGES.test(message));
}

const WATCH_INTERVAL_MS = 1_000;
const WATCH_TIMEOUT_MS = 5_000;

/** Whether a database answers, asked once a second in the background. */
export interface DatabaseWatch {
  /** Why it is not usable now; undefined when it is. For readiness probes, which must not wait. */
  problem(): string | undefined;
  stop(): void;
}

/** Watches the database of a pool until stopped; logs when it goes and when it is back. */
export function watchDatabase(pool: Pool, log: Logger, intervalMs: number = WATCH_INTERVAL_MS): DatabaseWatch {
  let problem: string | undefined;
  let asking = false;
  const ask = async () => {
    if (asking) return;
    asking = true;
    const late = AbortSignal.timeout(WATCH_TIMEOUT_MS);
    const answer = pool.query("select 1").finally(() => {
      asking = false;
    });
    const timeout = new Promise<never>((_, reject) =>
      late.addEventListener("abort", () => reject(new Error(`no answer within ${WATCH_TIMEOUT_MS / 1000} s`))),
    );
    try {
      await Promise.race([answer, timeout]);
      if (problem) log.info("the database is back");
      problem = undefined;
    } catch (error) {
      const now = `the database does not answer: ${describe(error as Error)}`;
      if (!problem) log.warn({ err: error }, "the database does not answer");
      problem = now;
    }
  };
  const timer = setInterval(() => void ask(), intervalMs);
  timer.unref();
  return { problem: () => problem, stop: () => clearInterval(timer) };
}

async function waitForDatabase(pool: Pool, url: string, waitSeconds: number, log: Logger): Promise<void> {
  const deadline = Date.now() + waitSeconds * 1000;
  for (let attempt = 1; ; attempt++) {
    try {
      await pool.query("select 1");
      return;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      const { host } = new URL(url);
      if (Date.now() >= deadline) {
        throw new DatabaseUnreachableError(
          `The database at ${host} did not answer within ${waitSeconds} s: ${describe(error as Error)}. Start it, or correct DATABASE_URL.`,
          { cause: error },
        );
      }
      if (attempt === 1) log.info({ host }, "waiting for the database");
      await sleep(Math.min(1000, 100 * attempt, Math.max(1, deadline - Date.now())));
    }
  }
}

/** An AggregateError (one failure per address of a host name) has no message of its own. */
function describe(error: Error): string {
  const [first] = (error as Partial<AggregateError>).errors ?? [];
  return error.message || (first as Error | undefined)?.message || error.name;
}

async function migrate(pool: Pool, owner: string, migrations: readonly Migration[], log: Logger): Promise<void> {
  const table = `${owner.replaceAll("-", "_")}_migrations`;
  const applied: string[] = [];
  await inTurn(pool, table, (client) =>
    client.query(
      `create table if not exists ${table} (name text primary key, applied_at timestamptz not null default now())`,
    ),
  );
  const umzug = new Umzug({
    logger: undefined,
    migrations: migrations.map(({ name, up }) => ({
      name,
      up: () =>
        inTurn(pool, table, async (client) => {
          // Another replica may have applied it since umzug made its plan.
          const { rowCount } = await client.query(`insert into ${table} (name) values ($1) on conflict do nothing`, [
            name,
          ]);
          if (rowCount === 0) return;
          await client.query(up);
          applied.push(name);
        }),
    })),
    storage: {
      // The row is written by the migration's own transaction, so there is nothing left to log.
      logMigration: async () => {},
      unlogMigration: async () => {},
      executed: async () => {
        const { rows } = await pool.query<{ name: string }>(`select name from ${table} order by name`);
        return rows.map((row) => row.name);
      },
    },
  });
  await umzug.up();
  if (applied.length > 0) log.info({ migrations: applied }, "schema migrated");
}

/**
 * Runs work in a transaction that excludes other holders of the same key. The lock is the transaction's, not the
 * session's: behind a pooler, and on PGlite where all clients share one session, session locks exclude nobody.
 */
async function inTurn(pool: Pool, key: string, work: (client: PoolClient) => Promise<unknown>): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtext($1))", [key]);
    await work(client);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
