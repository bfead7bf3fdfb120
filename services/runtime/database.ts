import { Pool } from "pg";
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
}

/**
 * Opens a pool on the metadata store and brings the owner's tables up to date. Replicas that start together take
 * turns behind an advisory lock. The caller ends the pool.
 */
export async function openDatabase({ url, owner, migrations, log }: DatabaseArgs): Promise<Pool> {
  const pool = new Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 10_000, application_name: owner });
  pool.on("error", (error) => log.warn({ err: error }, "idle database connection lost"));
  try {
    await migrate(pool, owner, migrations, log);
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function migrate(pool: Pool, owner: string, migrations: readonly Migration[], log: Logger): Promise<void> {
  const client = await pool.connect();
  const table = `${owner.replaceAll("-", "_")}_migrations`;
  try {
    await client.query("select pg_advisory_lock(hashtext($1))", [table]);
    await client.query(
      `create table if not exists ${table} (name text primary key, applied_at timestamptz not null default now())`,
    );
    const umzug = new Umzug({
      logger: undefined,
      migrations: migrations.map(({ name, up }) => ({
        name,
        up: async () => {
          await client.query("begin");
          try {
            await client.query(up);
            await client.query(`insert into ${table} (name) values ($1)`, [name]);
            await client.query("commit");
          } catch (error) {
            await client.query("rollback");
            throw error;
          }
        },
      })),
      storage: {
        // The row is written by the migration's own transaction, so there is nothing left to log.
        logMigration: async () => {},
        unlogMigration: async () => {},
        executed: async () => {
          const { rows } = await client.query<{ name: string }>(`select name from ${table} order by name`);
          return rows.map((row) => row.name);
        },
      },
    });
    const applied = await umzug.up();
    if (applied.length > 0) log.info({ migrations: applied.map(({ name }) => name) }, "schema migrated");
  } finally {
    await client.query("select pg_advisory_unlock(hashtext($1))", [table]).catch(() => {});
    client.release();
  }
}
