import { createHash } from "node:crypto";
import { z } from "zod";
import type { ColumnSummary, NumericSummary } from "./summary";

/** Version of the stored form; a reader knows every version up to its own. */
export const SUMMARY_VERSION = 1;

const base = { version: z.literal(SUMMARY_VERSION), name: z.string(), rows: z.int(), missing: z.int() };
const header = z.discriminatedUnion("kind", [
  z.object({ ...base, kind: z.literal("categorical"), counts: z.array(z.tuple([z.string(), z.int()])) }),
  z.object({
    ...base,
    kind: z.literal("numeric"),
    count: z.int(),
    mean: z.number(),
    deviation: z.number(),
    distinct: z.int(),
    edges: z.array(z.number()),
    binCounts: z.array(z.number()),
    rankError: z.number().optional(),
    /** When present these are all the values, and no others follow. */
    counts: z.array(z.tuple([z.number(), z.int()])).optional(),
  }),
]);
type Header = z.infer<typeof header>;

/** The stored bytes are no summary that this version can read. */
export class SummaryFormatError extends Error {
  override readonly name = "SummaryFormatError";
}

/**
 * A summary as bytes: length of a JSON header (uint32, little-endian), the header, then for numeric columns of many
 * distinct values the kept values as little-endian doubles, ascending.
 */
export function encodeSummary(summary: ColumnSummary): Buffer {
  const text = Buffer.from(JSON.stringify(headerOf(summary)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, valuesOf(summary)]);
}

/** @throws {SummaryFormatError} for bytes of a later version or cut short. */
export function decodeSummary(bytes: Uint8Array): ColumnSummary {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 4 + (buffer.length >= 4 ? buffer.readUInt32LE() : 0);
  const parsed = header.safeParse(parseJson(buffer.toString("utf8", 4, end)));
  if (!parsed.success)
    throw new SummaryFormatError(`A stored summary cannot be read: ${z.prettifyError(parsed.error)}`);
  return fromHeader(parsed.data, buffer.subarray(end));
}

/**
 * SHA-256 of what a reference says, hexadecimal: equal for equal columns, in whatever order their rows and columns
 * came. Taken before thinning, so that it tells apart what the stored form may not.
 */
export function contentHash(summaries: readonly ColumnSummary[]): string {
  const hash = createHash("sha256");
  const ordered = [...summaries].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const summary of ordered) {
    const text = JSON.stringify(headerOf(summary));
    hash.update(`${text.length}:${text}`).update(valuesOf(summary));
  }
  return hash.digest("hex");
}

function headerOf(summary: ColumnSummary): Header {
  const { name, rows, missing } = summary;
  const shared = { version: SUMMARY_VERSION, name, rows, missing } as const;
  if (summary.kind === "categorical") {
    const counts = [...summary.counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return { ...shared, kind: "categorical", counts };
  }
  const { count, mean, deviation, distinct, edges, binCounts, counts, rankError } = summary;
  const all: Header = {
    ...shared,
    kind: "numeric",
    count,
    mean,
    deviation,
    distinct,
    edges: [...edges],
    binCounts: [...binCounts],
    ...(rankError === undefined ? {} : { rankError }),
  };
  return counts ? { ...all, counts: [...counts] } : all;
}

function valuesOf(summary: ColumnSummary): Uint8Array {
  if (summary.kind === "categorical" || summary.counts) return new Uint8Array();
  return new Uint8Array(summary.sorted.buffer, summary.sorted.byteOffset, summary.sorted.byteLength);
}

function fromHeader(head: Header, tail: Buffer): ColumnSummary {
  const { name, rows, missing } = head;
  if (head.kind === "categorical") {
    const counts = new Map(head.counts);
    return { kind: "categorical", name, rows, missing, count: rows - missing, distinct: counts.size, counts };
  }
  const { count, mean, deviation, distinct } = head;
  const summary: Omit<NumericSummary, "sorted"> = {
    kind: "numeric",
    name,
    rows,
    missing,
    count,
    mean,
    deviation,
    distinct,
    edges: Float64Array.from(head.edges),
    binCounts: Float64Array.from(head.binCounts),
    ...(head.rankError === undefined ? {} : { rankError: head.rankError }),
  };
  if (head.counts) return { ...summary, sorted: repeat(head.counts), counts: new Map(head.counts) };
  if (tail.length % 8 !== 0 || (tail.length === 0 && count > 0)) {
    throw new SummaryFormatError(`A stored summary is damaged: ${tail.length} bytes of values for ${count} values.`);
  }
  // Copied, because a Float64Array must start at a multiple of 8 bytes and the buffer of a query does not.
  return { ...summary, sorted: new Float64Array(new Uint8Array(tail).buffer) };
}

function repeat(counts: readonly (readonly [number, number])[]): Float64Array {
  const values = new Float64Array(counts.reduce((sum, [, count]) => sum + count, 0));
  let end = 0;
  for (const [value, count] of counts) {
    values.fill(value, end, end + count);
    end += count;
  }
  return values;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
