import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import type { SampledColumn, TableProfile } from "./tableProfile";

/** Version of the stored form; a reader knows every version up to its own. */
export const PROFILE_VERSION = 1;

const stored = z.object({
  version: z.literal(PROFILE_VERSION),
  rows: z.int(),
  duplicateRows: z.int(),
  sampledRows: z.int(),
  lag1: z.array(z.tuple([z.string(), z.number()])),
  sample: z.array(
    z.discriminatedUnion("kind", [
      z.object({ name: z.string(), kind: z.literal("numeric"), values: z.array(z.number().nullable()) }),
      z.object({
        name: z.string(),
        kind: z.literal("categorical"),
        categories: z.array(z.string()),
        /** Index into categories, -1 where missing. */
        codes: z.array(z.int()),
      }),
    ]),
  ),
});
type Stored = z.infer<typeof stored>;

/** A profile as compressed JSON. */
export function encodeProfile({ rows, duplicateRows, sampledRows, lag1, sample }: TableProfile): Buffer {
  const text: Stored = {
    version: PROFILE_VERSION,
    rows,
    duplicateRows,
    sampledRows,
    lag1: [...lag1],
    sample: [...sample].map(([name, column]) => encodeColumn(name, column)),
  };
  return gzipSync(JSON.stringify(text), { level: 1 });
}

/** Reads a profile; undefined for bytes of another version or damaged ones, which then only lack what it adds. */
export function decodeProfile(bytes: Uint8Array): TableProfile | undefined {
  const parsed = stored.safeParse(parse(bytes));
  if (!parsed.success) return undefined;
  const { rows, duplicateRows, sampledRows, lag1, sample } = parsed.data;
  const columns = sample.map((column) => [column.name, decodeColumn(column)] as const);
  return { rows, duplicateRows, sampledRows, lag1: new Map(lag1), sample: new Map(columns) };
}

function encodeColumn(name: string, column: SampledColumn): Stored["sample"][number] {
  if (column.kind === "numeric") {
    // JSON has no NaN.
    return {
      name,
      kind: "numeric",
      values: Array.from(column.values, (value) => (Number.isNaN(value) ? null : value)),
    };
  }
  const codes = new Map<string, number>();
  const coded = column.values.map((value) => {
    if (value === null) return -1;
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
  return { name, kind: "categorical", categories: [...codes.keys()], codes: coded };
}

function decodeColumn(column: Stored["sample"][number]): SampledColumn {
  if (column.kind === "numeric") {
    return { kind: "numeric", values: Float64Array.from(column.values, (value) => value ?? Number.NaN) };
  }
  return { kind: "categorical", values: column.codes.map((code) => column.categories[code] ?? null) };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(gunzipSync(bytes).toString());
  } catch {
    return undefined;
  }
}
