import type { Pool } from "pg";
import { transaction } from "../transaction";
import type { MonitorRules } from "./request";

/** What became of a monitor's last run. */
export type RunOutcome = "drift" | "no_drift" | "no_data" | "not_enough_data" | "failed";

/** A monitor as it is stored. */
export interface MonitorRecord {
  readonly id: string;
  readonly referenceId: string;
  readonly everySeconds: number;
  readonly rules: MonitorRules;
  readonly nextRunAt: Date;
  readonly lastRunAt: Date | null;
  readonly lastOutcome: RunOutcome | null;
  /** Why the last run gave no verdict. */
  readonly lastMessage: string | null;
  readonly lastReportId: string | null;
  /** Rows waiting for the next run. */
  readonly waitingRows: number;
}

/** A run that this replica has taken on; until the lease ends no other takes it. */
export interface ClaimedRun {
  readonly monitor: MonitorRecord;
  readonly lease: string;
}

/** What a run leaves behind, written at once or not at all. */
export interface RunResult {
  readonly outcome: RunOutcome;
  readonly message: string | null;
  readonly reportId: string | null;
  /** Batches up to this one were judged and go; undefined keeps all for the next run. */
  readonly judgedBatch?: string | undefined;
}

/** A run that takes longer than this is taken on by another replica, and its own result is refused. */
const LEASE_SECONDS = 300;

const COLUMNS = `m.id, m.reference_id, m.every_seconds, m.rules, m.next_run_at, m.last_run_at, m.last_outcome,
  m.last_message, m.last_report_id,
  (select coalesce(sum(b.row_count), 0) from drift_monitor_batches b where b.monitor_id = m.id) as waiting_rows`;

interface Row {
  id: string;
  reference_id: string;
  every_seconds: string;
  rules: MonitorRules;
  next_run_at: Date;
  last_run_at: Date | null;
  last_outcome: RunOutcome | null;
  last_message: string | null;
  last_report_id: string | null;
  waiting_rows: string;
}

/** Monitors in Postgres, whose clock alone says what is due. */
export class MonitorStore {
  constructor(private readonly pool: Pool) {}

  /** Makes or changes a monitor; a changed interval counts from now. Whether it is new. */
  async put(id: string, referenceId: string, everySeconds: number, rules: MonitorRules): Promise<boolean> {
    const { rows } = await this.pool.query<{ created: boolean }>(
      `insert into drift_monitors as m (id, reference_id, every_seconds, rules, next_run_at)
       values ($1, $2, $3::int, $4, now() + make_interval(secs => $3::int))
       on conflict (id) do update set reference_id = $2, every_seconds = $3::int, rules = $4,
         next_run_at = case when m.every_seconds = $3::int then m.next_run_at
           else now() + make_interval(secs => $3::int) end
       returning (xmax = 0) as created`,
      [id, referenceId, everySeconds, JSON.stringify(rules)],
    );
    return rows[0]?.created === true;
  }

  async get(id: string): Promise<MonitorRecord | undefined> {
    return (await this.select("where m.id = $1", [id]))[0];
  }

  /** At most `limit` in order of id, those after `after`. */
  list(limit: number, after: string): Promise<MonitorRecord[]> {
    return this.select("where m.id > $1 order by m.id limit $2", [after, limit]);
  }

  /** Whether there was one to delete; what waits for it goes with it. */
  async delete(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query("delete from drift_monitors where id = $1", [id]);
    return rowCount === 1;
  }

  /** Monitors that collect what is compared with a reference. */
  async collecting(referenceId: string): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      "select id from drift_monitors where reference_id = $1 and (rules->>'collect')::boolean",
      [referenceId],
    );
    return rows.map(({ id }) => id);
  }

  /** Keeps rows for the next run; false when the monitor is gone or would hold more than it may. */
  async addBatch(id: string, rows: number, data: Buffer): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `insert into drift_monitor_batches (monitor_id, row_count, data)
       select m.id, $2::int, $3 from drift_monitors m where m.id = $1 and $2::int +
         (select coalesce(sum(b.row_count), 0) from drift_monitor_batches b where b.monitor_id = m.id)
         <= (m.rules->>'maximum_rows')::int`,
      [id, rows, data],
    );
    return rowCount === 1;
  }

  /** Takes on a monitor that is due (or the named one, due or not) and that no other replica runs; undefined if none. */
  async claim(lease: string, id?: string): Promise<ClaimedRun | undefined> {
    const { rows } = await this.pool.query<{ id: string }>(
      `update drift_monitors set lease = $1, lease_until = now() + make_interval(secs => $2)
       where id = (select id from drift_monitors
         where ${id === undefined ? "next_run_at <= now()" : "id = $3"} and (lease_until is null or lease_until < now())
         order by next_run_at limit 1 for update skip locked)
       returning id`,
      id === undefined ? [lease, LEASE_SECONDS] : [lease, LEASE_SECONDS, id],
    );
    const monitor = rows[0] && (await this.get(rows[0].id));
    return monitor && { monitor, lease };
  }

  /** What waits for a monitor's run, oldest first. */
  async batches(id: string): Promise<{ id: string; data: Buffer }[]> {
    const { rows } = await this.pool.query<{ id: string; data: Buffer }>(
      "select id, data from drift_monitor_batches where monitor_id = $1 order by id",
      [id],
    );
    return rows;
  }

  /**
   * Ends a run: its result, what it judged and whatever `more` writes, at once. False, and nothing written, when the
   * lease ran out and another replica took the run on.
   */
  async finish(
    { monitor, lease }: ClaimedRun,
    result: RunResult,
    more: (client: { query(text: string, values: unknown[]): Promise<unknown> }) => Promise<void>,
  ): Promise<boolean> {
    return transaction(this.pool, async (client) => {
      const { rowCount } = await client.query(
        `update drift_monitors set lease = null, lease_until = null, last_run_at = now(), last_outcome = $3,
           last_message = $4, last_report_id = coalesce($5::text, last_report_id),
           next_run_at = greatest(now(), next_run_at + make_interval(secs => every_seconds))
         where id = $1 and lease = $2`,
        [monitor.id, lease, result.outcome, result.message, result.reportId],
      );
      if (rowCount !== 1) return false;
      if (result.judgedBatch !== undefined) {
        await client.query("delete from drift_monitor_batches where monitor_id = $1 and id <= $2", [
          monitor.id,
          result.judgedBatch,
        ]);
      }
      await more(client);
      return true;
    });
  }

  private async select(condition: string, values: readonly unknown[]): Promise<MonitorRecord[]> {
    const { rows } = await this.pool.query<Row>(`select ${COLUMNS} from drift_monitors m ${condition}`, [...values]);
    return rows.map((row) => ({
      id: row.id,
      referenceId: row.reference_id,
      everySeconds: Number(row.every_seconds),
      rules: row.rules,
      nextRunAt: row.next_run_at,
      lastRunAt: row.last_run_at,
      lastOutcome: row.last_outcome,
      lastMessage: row.last_message,
      lastReportId: row.last_report_id,
      waitingRows: Number(row.waiting_rows),
    }));
  }
}
