import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { Comparison } from "../monitor";
import type { DriftReport } from "../reportSchema";
import { type ColumnDistribution, distributionsOf } from "./distributions";

/** A kept report. */
export interface StoredReport {
  readonly id: string;
  readonly monitorId: string | null;
  readonly createdAt: Date;
  readonly report: DriftReport;
  readonly distributions: readonly ColumnDistribution[];
}

/** A point of drift over time. */
export interface HistoryPoint {
  readonly id: string;
  readonly createdAt: Date;
  readonly score: number;
  readonly detected: boolean;
}

/** Reports kept of one monitor, and of all comparisons without one. */
const KEPT_REPORTS = 500;
const HISTORY_POINTS = 100;

interface Writer {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** Reports in Postgres; the newest of each monitor are kept. */
export class ReportStore {
  constructor(private readonly pool: Pool) {}

  /** Keeps a comparison and says under which id. */
  async save(comparison: Comparison): Promise<string> {
    const id = randomUUID();
    await this.write(this.pool, id, null, comparison);
    return id;
  }

  /** Writes a report within a caller's transaction. */
  async write(client: Writer, id: string, monitorId: string | null, comparison: Comparison): Promise<void> {
    const { report } = comparison;
    const distributions = distributionsOf(comparison);
    await client.query(
      `insert into drift_reports (id, monitor_id, reference_id, drift_score, drift_detected, report, distributions)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        monitorId,
        report.reference_id,
        report.drift_score,
        report.drift_detected,
        JSON.stringify(report),
        JSON.stringify(distributions),
      ],
    );
    await client.query(
      `delete from drift_reports where position in (select position from drift_reports
         where monitor_id is not distinct from $1::text order by position desc offset $2)`,
      [monitorId, KEPT_REPORTS],
    );
  }

  async get(id: string): Promise<StoredReport | undefined> {
    const { rows } = await this.pool.query<{
      id: string;
      monitor_id: string | null;
      created_at: Date;
      report: DriftReport;
      distributions: ColumnDistribution[];
    }>("select id, monitor_id, created_at, report, distributions from drift_reports where id = $1", [id]);
    const [row] = rows;
    return (
      row && {
        id: row.id,
        monitorId: row.monitor_id,
        createdAt: row.created_at,
        report: row.report,
        distributions: row.distributions,
      }
    );
  }

  /** The reports of the same reference and monitor up to this one, oldest first, at most a hundred. */
  async history(id: string): Promise<HistoryPoint[]> {
    const { rows } = await this.pool.query<HistoryRow>(
      `select o.id, o.created_at, o.drift_score, o.drift_detected from drift_reports r
       join drift_reports o on o.reference_id = r.reference_id and o.position <= r.position
         and o.monitor_id is not distinct from r.monitor_id
       where r.id = $1 order by o.position desc limit $2`,
      [id, HISTORY_POINTS],
    );
    return rows.map(pointOf).reverse();
  }

  /** The newest reports, of one monitor or of all. */
  async list(
    limit: number,
    monitorId?: string,
  ): Promise<(HistoryPoint & { monitorId: string | null; referenceId: string | null })[]> {
    const { rows } = await this.pool.query<HistoryRow & { monitor_id: string | null; reference_id: string | null }>(
      `select id, monitor_id, reference_id, created_at, drift_score, drift_detected from drift_reports
       where $2::text is null or monitor_id = $2 order by position desc limit $1`,
      [limit, monitorId ?? null],
    );
    return rows.map((row) => ({ ...pointOf(row), monitorId: row.monitor_id, referenceId: row.reference_id }));
  }

  /** Whether there was one to delete. */
  async delete(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query("delete from drift_reports where id = $1", [id]);
    return rowCount === 1;
  }
}

interface HistoryRow {
  id: string;
  created_at: Date;
  drift_score: number;
  drift_detected: boolean;
}

function pointOf({ id, created_at, drift_score, drift_detected }: HistoryRow): HistoryPoint {
  return { id, createdAt: created_at, score: drift_score, detected: drift_detected };
}
