import type { Pool, PoolClient } from "pg";
import type { ColumnKind } from "./columns";
import { decodeRich, encodeRich, type RichSample, richHash } from "./richColumns";
import type { ColumnSummary } from "./summary";
import { thin } from "./summary";
import { contentHash, decodeSummary, encodeSummary } from "./summaryCodec";
import type { TableProfile } from "./tableProfile";
import { decodeProfile, encodeProfile } from "./tableProfileCodec";
import { transaction } from "./transaction";

/** Bytes of summaries in one INSERT, so that a wide reference never needs one huge message. */
const BATCH_BYTES = 4_000_000;

/** What is known of a stored reference without reading its summaries. */
export interface ReferenceInfo {
  readonly id: string;
  readonly contentHash: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is stored of a reference. */
export interface StoredReference {
  readonly contentHash: string;
  readonly summaries: readonly ColumnSummary[];
  readonly profile: TableProfile | undefined;
  readonly rich: ReadonlyMap<string, RichSample> | undefined;
}

/** `exists` means that other content is stored under the id and was left alone. */
export type PutOutcome = "created" | "unchanged" | "replaced" | "exists";

/** References in Postgres: one row a reference, one a column, each column's summary as bytes. */
export class ReferenceStore {
  constructor(private readonly pool: Pool) {}

  /** Stores summaries under an id; other content there is only overwritten when `replace` says so. */
  async put(
    id: string,
    summaries: readonly ColumnSummary[],
    replace: boolean,
    { profile, rich }: { readonly profile?: TableProfile; readonly rich?: ReadonlyMap<string, RichSample> } = {},
  ): Promise<PutOutcome> {
    const plainHash = contentHash(summaries);
    const hash = rich ? richHash(plainHash, rich) : plainHash;
    const rows = summaries[0]?.rows ?? [...(rich?.values() ?? [])][0]?.rows ?? 0;
    const richBytes = rich ? encodeRich(rich) : null;
    const profileBytes = profile ? encodeProfile(profile) : null;
    return transaction(this.pool, async (client) => {
      const created = await client.query(
        `insert into drift_references (id, content_hash, row_count, profile, rich) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing`,
        [id, hash, rows, profileBytes, richBytes],
      );
      if (created.rowCount === 1) {
        await insertColumns(client, id, summaries);
        return "created";
      }
      const found = await client.query<{ content_hash: string }>(
        "select content_hash from drift_references where id = $1 for update",
        [id],
      );
      if (found.rows[0]?.content_hash === hash) return "unchanged";
      if (!replace) return "exists";
      await client.query(
        "update drift_references set content_hash = $2, row_count = $3, profile = $4, rich = $5, updated_at = now() where id = $1",
        [id, hash, rows, profileBytes, richBytes],
      );
      await client.query("delete from drift_reference_columns where reference_id = $1", [id]);
      await insertColumns(client, id, summaries);
      return "replaced";
    });
  }

  /** Hash of the content under an id; undefined when there is none. */
  async hashOf(id: string): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ content_hash: string }>(
      "select content_hash from drift_references where id = $1",
      [id],
    );
    return rows[0]?.content_hash;
  }

  /** A reference as it is stored: summaries in the order of its columns, and what it has besides. */
  async read(id: string): Promise<StoredReference | undefined> {
    const { rows } = await this.pool.query<{
      content_hash: string;
      summary: Buffer | null;
      profile: Buffer | null;
      rich: Buffer | null;
    }>(
      `select r.content_hash, c.summary, case when coalesce(c.position, 0) = 0 then r.profile end as profile,
         case when coalesce(c.position, 0) = 0 then r.rich end as rich
       from drift_references r left join drift_reference_columns c on c.reference_id = r.id
       where r.id = $1 order by c.position`,
      [id],
    );
    const [first] = rows;
    return first === undefined
      ? undefined
      : {
          contentHash: first.content_hash,
          summaries: rows.flatMap(({ summary }) => (summary ? [decodeSummary(summary)] : [])),
          profile: first.profile ? decodeProfile(first.profile) : undefined,
          rich: first.rich ? decodeRich(first.rich) : undefined,
        };
  }

  async info(id: string): Promise<ReferenceInfo | undefined> {
    return (await this.select("where r.id = $1", [id]))[0];
  }

  /** At most `limit` references in order of id, those after `after`. */
  list(limit: number, after: string): Promise<ReferenceInfo[]> {
    return this.select("where r.id > $1 order by r.id limit $2", [after, limit]);
  }

  /** Whether there was one to delete. */
  async delete(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query("delete from drift_references where id = $1", [id]);
    return rowCount === 1;
  }

  private async select(condition: string, values: readonly unknown[]): Promise<ReferenceInfo[]> {
    const { rows } = await this.pool.query<{
      id: string;
      content_hash: string;
      row_count: string;
      created_at: Date;
      updated_at: Date;
      columns: { name: string; kind: ColumnKind }[];
    }>(
      `select r.id, r.content_hash, r.row_count, r.created_at, r.updated_at,
         (select coalesce(json_agg(json_build_object('name', c.name, 'kind', c.kind) order by c.position), '[]')
          from drift_reference_columns c where c.reference_id = r.id) as columns
       from drift_references r ${condition}`,
      [...values],
    );
    return rows.map((row) => ({
      id: row.id,
      contentHash: row.content_hash,
      rows: Number(row.row_count),
      columns: row.columns,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }));
  }
}

async function insertColumns(client: PoolClient, id: string, summaries: readonly ColumnSummary[]): Promise<void> {
  let batch: { position: number; summary: ColumnSummary; bytes: Buffer }[] = [];
  let size = 0;
  const flush = async () => {
    await client.query(
      `insert into drift_reference_columns (reference_id, position, name, kind, summary)
       select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::bytea[])`,
      [
        id,
        batch.map(({ position }) => position),
        batch.map(({ summary }) => summary.name),
        batch.map(({ summary }) => summary.kind),
        batch.map(({ bytes }) => bytes),
      ],
    );
    batch = [];
    size = 0;
  };
  for (const [position, summary] of summaries.entries()) {
    const bytes = encodeSummary(thin(summary));
    batch.push({ position, summary, bytes });
    size += bytes.length;
    if (size >= BATCH_BYTES) await flush();
  }
  if (batch.length > 0) await flush();
}
