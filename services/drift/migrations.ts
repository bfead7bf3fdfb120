import type { Migration } from "../runtime/database";

/** The drift service's tables, oldest step first. Released steps are never edited; add another. */
export const driftMigrations: readonly Migration[] = [
  {
    name: "0001_references",
    up: `
      create table drift_references (
        id text primary key,
        content_hash text not null,
        row_count bigint not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create table drift_reference_columns (
        reference_id text not null references drift_references (id) on delete cascade,
        position int not null,
        name text not null,
        kind text not null check (kind in ('numeric', 'categorical')),
        summary bytea not null,
        primary key (reference_id, position)
      );
    `,
  },
  {
    // Null for references stored before, and for those that came as sketches: what needs rows is then left out.
    name: "0002_profiles",
    up: "alter table drift_references add column profile bytea",
  },
  {
    name: "0003_detectors",
    up: `
      create table drift_detectors (
        id text primary key,
        kind text not null,
        seen bigint not null default 0,
        status text not null default 'stable',
        detections jsonb not null default '[]',
        state text not null,
        updated_at timestamptz not null default now()
      );
    `,
  },
];
