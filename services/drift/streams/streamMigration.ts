import type { Migration } from "../../runtime/database";

/** Tables of streams: how far each partition is summarised, and the windows of each partition. */
export const streamMigration: Migration = {
  name: "0010_streams",
  up: `
    create table drift_stream_partitions (
      stream text not null,
      topic text not null,
      partition int not null,
      next_offset bigint not null,
      events bigint not null,
      newest bigint,
      watermark bigint,
      late bigint not null,
      late_entries bigint not null,
      malformed bigint not null,
      ahead bigint not null,
      lost bigint not null,
      updated_at timestamptz not null default now(),
      primary key (stream, topic, partition)
    );
    create table drift_stream_windows (
      stream text not null,
      topic text not null,
      partition int not null,
      window_start bigint not null,
      window_end bigint not null,
      segment text not null,
      closed boolean not null,
      row_count bigint not null,
      sketch bytea not null,
      updated_at timestamptz not null default now(),
      primary key (stream, topic, partition, window_start, segment)
    );
    create index drift_stream_windows_by_start on drift_stream_windows (stream, window_start, segment);
  `,
};
