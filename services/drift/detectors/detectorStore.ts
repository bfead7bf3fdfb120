import type { Pool } from "pg";
import { DETECTORS, type DetectorKind, restoreDetector, snapshotDetector } from "../statistics/detectorSnapshot";
import type { DetectorStatus } from "../statistics/driftDetector";
import { transaction } from "../transaction";

/** A watched stream: its detector and what it has seen. */
export interface WatchedStream {
  readonly id: string;
  readonly kind: DetectorKind;
  readonly seen: number;
  readonly status: DetectorStatus;
  /** Zero-based places of the latest drifts, at most 100. */
  readonly detections: readonly number[];
}

const KEPT_DETECTIONS = 100;

interface Row {
  id: string;
  kind: DetectorKind;
  seen: string;
  status: DetectorStatus;
  detections: number[];
  state: string;
}

/**
 * Detectors in Postgres. Values are taken under the row's lock and the state is stored with them, so that replicas
 * share a stream and one that is killed loses nothing and counts nothing twice.
 */
export class DetectorStore {
  constructor(private readonly pool: Pool) {}

  /** Starts watching; undefined when a stream of that id is watched by another kind of detector. */
  async create(id: string, kind: DetectorKind): Promise<{ stream: WatchedStream; created: boolean } | undefined> {
    const { rowCount } = await this.pool.query(
      "insert into drift_detectors (id, kind, state) values ($1, $2, $3) on conflict (id) do nothing",
      [id, kind, snapshotDetector(DETECTORS[kind]())],
    );
    const stream = await this.get(id);
    return stream?.kind === kind ? { stream, created: rowCount === 1 } : undefined;
  }

  async get(id: string): Promise<WatchedStream | undefined> {
    const { rows } = await this.pool.query<Row>("select * from drift_detectors where id = $1", [id]);
    return rows[0] && streamOf(rows[0]);
  }

  /** Feeds values in their order; all or, when one is refused, none. Undefined when there is no such stream. */
  async feed(id: string, values: readonly number[]): Promise<{ stream: WatchedStream; found: number[] } | undefined> {
    return transaction(this.pool, async (client) => {
      const { rows } = await client.query<Row>("select * from drift_detectors where id = $1 for update", [id]);
      const [row] = rows;
      if (!row) return undefined;
      const detector = restoreDetector(row.kind, row.state);
      const before = Number(row.seen);
      let status = row.status;
      const found: number[] = [];
      for (const [index, value] of values.entries()) {
        status = detector.update(value);
        if (status === "drift") found.push(before + index);
      }
      const detections = [...row.detections, ...found].slice(-KEPT_DETECTIONS);
      const seen = before + values.length;
      await client.query(
        "update drift_detectors set seen = $2, status = $3, detections = $4, state = $5, updated_at = now() where id = $1",
        [id, seen, status, JSON.stringify(detections), snapshotDetector(detector)],
      );
      return { stream: { id, kind: row.kind, seen, status, detections }, found };
    });
  }

  /** Whether there was one to delete. */
  async delete(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query("delete from drift_detectors where id = $1", [id]);
    return rowCount === 1;
  }
}

function streamOf({ id, kind, seen, status, detections }: Row): WatchedStream {
  return { id, kind, seen: Number(seen), status, detections };
}
