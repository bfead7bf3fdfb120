import type { Migration } from "../runtime/database";
import { streamMigration } from "./streams/streamMigration";

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
  {
    name: "0004_monitors",
    up: `
      create table drift_monitors (
        id text primary key,
        reference_id text not null,
        every_seconds int not null,
        rules jsonb not null,
        next_run_at timestamptz not null,
        lease text,
        lease_until timestamptz,
        last_run_at timestamptz,
        last_outcome text,
        last_message text,
        last_report_id text,
        created_at timestamptz not null default now()
      );
      create index drift_monitors_by_reference on drift_monitors (reference_id);
      create index drift_monitors_due on drift_monitors (next_run_at);
      create table drift_monitor_batches (
        id bigint generated always as identity primary key,
        monitor_id text not null references drift_monitors (id) on delete cascade,
        row_count int not null,
        data bytea not null,
        received_at timestamptz not null default now()
      );
      create index drift_monitor_batches_by_monitor on drift_monitor_batches (monitor_id, id);
      create table drift_outbox (
        id bigint generated always as identity primary key,
        kind text not null,
        body json not null,
        attempts int not null default 0,
        due_at timestamptz not null default now(),
        created_at timestamptz not null default now()
      );
    `,
  },
  {
    name: "0005_reports",
    up: `
      create table drift_reports (
        position bigint generated always as identity primary key,
        id text not null unique,
        monitor_id text,
        reference_id text,
        drift_score double precision not null,
        drift_detected boolean not null,
        report json not null,
        distributions json not null,
        created_at timestamptz not null default now()
      );
      create index drift_reports_by_monitor on drift_reports (monitor_id, position);
      create index drift_reports_by_reference on drift_reports (reference_id, position);
    `,
  },
  {
    // Samples of columns of texts and of embeddings; null where there are none.
    name: "0006_rich_columns",
    up: "alter table drift_references add column rich bytea",
  },
  streamMigration,
];
