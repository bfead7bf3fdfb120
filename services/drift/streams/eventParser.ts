import type { ColumnKind } from "../columns";
import { LIMITS } from "../limits";
import { OTHER_SEGMENTS, type StreamEvent } from "./windowedStream";

/** Values of an event in the order of the columns: a number (NaN missing, infinite invalid) or text (null missing). */
export type RowValue = number | string | null;

/** An event with its values. */
export interface RowEvent extends StreamEvent {
  readonly values: readonly RowValue[];
}

/** What a message has to say about itself. */
export interface EventFormat {
  /** Columns by name; keys of a message beyond them are ignored, absent ones are missing. */
  readonly kinds: Readonly<Record<string, ColumnKind>>;
  /** Key of the event time: milliseconds since 1970 or ISO 8601 text. @default the time that Kafka gave the message */
  readonly timeField?: string | undefined;
  /** Key of the segment: text, a number or a boolean. @default none */
  readonly segmentField?: string | undefined;
  /** An event later than its message's own time by more than this is refused, or it would close every window. */
  readonly aheadMs: number;
}

/** Why a message is no event. */
export type Refusal = "malformed" | "ahead";

/** Reads messages of JSON objects, values by column name. A message is an event or a reason; it never throws. */
export function parseEvent(value: Uint8Array | null, messageTime: number, format: EventFormat): RowEvent | Refusal {
  const object = parseObject(value);
  if (!object) return "malformed";
  const time = format.timeField === undefined ? messageTime : timeOf(object[format.timeField]);
  if (time === undefined || (format.timeField === undefined && messageTime < 0)) return "malformed";
  // Messages of the oldest format have no time of their own, which is written as -1.
  if (messageTime >= 0 && time > messageTime + format.aheadMs) return "ahead";
  const values = Object.entries(format.kinds).map(([name, kind]) => {
    const found = Object.hasOwn(object, name) ? object[name] : null;
    return kind === "numeric" ? toNumber(found) : toCategory(found);
  });
  if (values.includes(undefined)) return "malformed";
  const segment = format.segmentField === undefined ? undefined : segmentOf(object[format.segmentField]);
  return { time, values: values as RowValue[], segment };
}

/** Segments are keys in the database, which takes neither NUL nor halves of characters. */
function segmentOf(value: unknown): string | undefined {
  const segment = toCategory(value ?? null)?.slice(0, LIMITS.columnNameLength);
  return segment !== undefined && /[\p{Cc}\p{Cs}]/u.test(segment) ? OTHER_SEGMENTS : segment;
}

function parseObject(value: Uint8Array | null): Record<string, unknown> | undefined {
  if (!value) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8"));
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Dates that JavaScript can write; also keeps sums of times and sizes exact. */
const GREATEST_TIME = 8.64e15;

function timeOf(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : value;
  return typeof time === "number" && Math.abs(time) <= GREATEST_TIME ? Math.floor(time) : undefined;
}

function toNumber(value: unknown): number | undefined {
  if (value === null) return Number.NaN;
  return typeof value === "number" ? value : undefined;
}

function toCategory(value: unknown): string | null | undefined {
  if (value === null || typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
