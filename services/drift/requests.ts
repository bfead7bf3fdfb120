import { z } from "zod";
import { ServiceError } from "../runtime/errors";
import { COLUMN_TEST_NAMES } from "./columnTests";

/** What an id of a reference may be: it stands in URLs, labels of metrics and log lines. */
export const REFERENCE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

// The values are checked one by one elsewhere, with better messages; here they are only documented.
const cell = { anyOf: [{ type: "number" }, { type: "string" }, { type: "boolean" }, { type: "null" }] };
const columns = z.unknown().meta({
  type: "object",
  additionalProperties: { type: "array", items: cell },
  description: "Values by column name, all columns of one length; null where a value is missing",
  examples: [{ radius: [11.2, 13.7], colour: ["red", "blue"] }],
});
const rows = z.unknown().meta({
  type: "array",
  items: { type: "object", additionalProperties: cell },
  description: "Instead of columns: rows with the same keys each",
});

/** Body of PUT /references/{id}. */
export const putReferenceBody = z.strictObject({
  columns,
  kinds: z
    .record(z.string(), z.enum(["numeric", "categorical"]))
    .default({})
    .describe("Kind of a column, where its values do not tell: numbers that are categories, or only nulls"),
});

/** Body of POST /detect-drift. */
export const detectBody = z.strictObject({
  reference_id: z.string(),
  columns: columns.optional(),
  rows: rows.optional(),
  drift_share: z
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe("Share of drifted columns from which the whole is said to have drifted"),
  minimum_rows: z
    .int()
    .min(2)
    .max(1_000_000)
    .default(5)
    .describe("A column with fewer values present, in either sample, is not tested"),
  tests: z
    .record(
      z.string(),
      z.strictObject({ test: z.enum(COLUMN_TEST_NAMES).optional(), threshold: z.number().gt(0).optional() }),
    )
    .default({})
    .describe("Test and threshold by column; others get the test of Evidently's default preset"),
});

/** Query of PUT /references/{id}. */
export const putReferenceQuery = z.strictObject({
  replace: z.enum(["true", "false"]).default("false").describe("Overwrite other content under the same id"),
});

/** Query of GET /references. */
export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe("Most references in one answer"),
  after: z.string().default("").describe("Only ids that come after this one: the last of the page before"),
});

/**
 * Parses a part of a request.
 * @throws {ServiceError} 400 `invalid_request` with all that is wrong with it.
 */
export function parseRequest<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  part: "body" | "query",
): z.output<Schema> {
  const result = schema.safeParse(value ?? undefined);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${[part, ...path].join(".")}: ${message}`);
  throw new ServiceError(400, "invalid_request", `The request is wrong. ${problems.join(". ")}.`);
}

/** @throws {ServiceError} 400 `invalid_reference_id` */
export function parseReferenceId(id: string): string {
  if (REFERENCE_ID.test(id)) return id;
  throw new ServiceError(
    400,
    "invalid_reference_id",
    `The reference id ${JSON.stringify(id.slice(0, 200))} is not allowed: 1 to 128 letters, digits, dots, dashes and underscores, the first a letter or digit.`,
  );
}
