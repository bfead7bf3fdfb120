import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { ServiceError } from "../runtime/errors";
import { plainValues } from "./columns";
import { LIMITS } from "./limits";
import { indices, SeededRandom } from "./statistics/seededRandom";

/** Kinds of columns whose values are more than a number or a category; they must be stated. */
export type RichKind = "text" | "embedding";

/** What is kept of a rich column: a random sample of its values, which is all that comparing looks at. */
export type RichSample = z.infer<typeof richSample>;

const shared = { rows: z.int(), missing: z.int() };
const richSample = z.discriminatedUnion("kind", [
  z.object({ ...shared, kind: z.literal("text"), values: z.array(z.string()) }),
  z.object({ ...shared, kind: z.literal("embedding"), values: z.array(z.array(z.number())) }),
]);
const stored = z.object({ version: z.literal(1), columns: z.array(z.tuple([z.string(), richSample])) });

/** Values kept of a column, and characters of each text. */
const TEXTS = 1_000;
const CHARACTERS = 2_000;
const VECTORS = 300;
const DIMENSIONS = 4_096;
const SEED = 7;

/**
 * Checks and samples a column of texts or of vectors, nulls where missing.
 * @throws {ServiceError} 400 naming the row and what is wrong with it.
 */
export function sampleRichColumn(name: string, kind: RichKind, raw: unknown): RichSample {
  const values = plainValues(raw);
  if (!Array.isArray(values)) {
    throw bad("invalid_columns", `Column ${JSON.stringify(name)} is no array of values.`, name);
  }
  const present: unknown[] = [];
  let dimensions: number | undefined;
  for (const [row, value] of values.entries()) {
    if (value === null) continue;
    if (kind === "text") {
      if (typeof value !== "string") throw wrongValue(name, row, value, "a text is expected");
    } else {
      dimensions = checkVector(name, row, value, dimensions);
    }
    present.push(value);
  }
  const found = { rows: values.length, missing: values.length - present.length };
  if (kind === "embedding") return { ...found, kind, values: pick(present as number[][], VECTORS) };
  const texts = pick(present as string[], TEXTS).map((text) => text.slice(0, CHARACTERS));
  return { ...found, kind, values: texts };
}

/** Rich columns as compressed JSON. */
export function encodeRich(columns: ReadonlyMap<string, RichSample>): Buffer {
  return gzipSync(JSON.stringify({ version: 1, columns: [...columns] }), { level: 1 });
}

/** @throws {z.ZodError} for bytes that are none of ours. */
export function decodeRich(bytes: Uint8Array): Map<string, RichSample> {
  return new Map(stored.parse(JSON.parse(gunzipSync(bytes).toString())).columns);
}

/** SHA-256 of rich columns after what else a reference's content is known by. */
export function richHash(rest: string, columns: ReadonlyMap<string, RichSample>): string {
  const ordered = [...columns].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(rest).update(JSON.stringify(ordered)).digest("hex");
}

function pick<T>(values: readonly T[], limit: number): T[] {
  if (values.length <= limit) return [...values];
  const order = indices(values.length);
  new SeededRandom(SEED).shuffle(order, limit);
  return Array.from(order.slice(0, limit).sort(), (i) => values[i] as T);
}

function checkVector(name: string, row: number, value: unknown, dimensions: number | undefined): number {
  const fits = (entry: unknown) => typeof entry === "number" && Math.abs(entry) <= LIMITS.magnitude;
  if (!Array.isArray(value) || value.length === 0 || value.length > DIMENSIONS || !value.every(fits)) {
    throw wrongValue(name, row, value, `an array of 1 to ${DIMENSIONS} finite numbers is expected`);
  }
  if (dimensions !== undefined && value.length !== dimensions) {
    const message = `Row ${row} of column ${JSON.stringify(name)} has ${value.length} numbers and the rows before have ${dimensions}; all need as many.`;
    throw bad("ragged_rows", message, name);
  }
  return value.length;
}

function wrongValue(name: string, row: number, value: unknown, expected: string): ServiceError {
  const seen = JSON.stringify(value) ?? String(value);
  const shown = seen.length > 60 ? `${seen.slice(0, 57)}...` : seen;
  return bad(
    "wrong_type",
    `Row ${row} of column ${JSON.stringify(name)} is ${shown}: ${expected}, or null where it is missing.`,
    name,
  );
}

function bad(code: string, message: string, column: string): ServiceError {
  return new ServiceError(400, code, message, { column });
}
