import { z } from "zod";
import { ServiceError } from "../runtime/errors";
import { COLUMN_TEST_NAMES } from "./columnTests";
import { PRESET_NAMES, PRESETS } from "./presets";

/** What an id of a reference may be: it stands in URLs, labels of metrics and log lines. */
export const REFERENCE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

// The values are checked one by one elsewhere, with better messages; here they are only documented.
const cell = {
  anyOf: [
    { type: "number" },
    { type: "string" },
    { type: "boolean" },
    { type: "null" },
    { type: "array", items: { type: "number" }, description: "A vector, in columns of kind embedding" },
  ],
};
/** Values by column name. */
export const columnsOf = z.unknown().meta({
  type: "object",
  additionalProperties: { type: "array", items: cell },
  description: "Values by column name, all columns of one length; null where a value is missing",
  examples: [{ radius: [11.2, 13.7], colour: ["red", "blue"] }],
});
/** The same values as rows. */
export const rowsOf = z.unknown().meta({
  type: "array",
  items: { type: "object", additionalProperties: cell },
  description: "Instead of columns: rows with the same keys each",
});

const kinds = z.record(z.string(), z.enum(["numeric", "categorical", "text", "embedding"]));

/** Body of PUT /references/{id}. */
export const putReferenceBody = z.strictObject({
  columns: columnsOf.optional(),
  files: z
    .strictObject({ prefix: z.string().max(1024) })
    .optional()
    .describe(
      "Instead of columns: the Parquet, CSV and Arrow files directly below a prefix of the service's FILES_URL, as one table, read in constant memory",
    ),
  kinds: kinds
    .default({})
    .describe("Kind of a column, where its values do not tell: numbers that are categories, or only nulls"),
});

const testChoice = z.strictObject({
  test: z.enum([...COLUMN_TEST_NAMES, "all"]).optional(),
  threshold: z.number().gt(0).optional(),
});

/** How a window is compared with a reference: part of a request, and of a monitor. */
export const comparisonRules = {
  preset: z
    .enum(PRESET_NAMES)
    .default("evidently")
    .describe(PRESET_NAMES.map((name) => `${name}: ${PRESETS[name].summary}`).join(" ")),
  drift_share: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe("Share of drifted features from which the whole is said to have drifted; the preset's by default"),
  minimum_rows: z
    .int()
    .min(2)
    .max(1_000_000)
    .default(5)
    .describe("A column with fewer values present, in either sample, is not tested"),
  minimum_effect: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("A column whose effect is smaller is not counted as drifted, however significant"),
  correction: z
    .enum(["none", "bonferroni", "benjamini_hochberg"])
    .optional()
    .describe("How p-values are corrected for their number; the preset's by default"),
  roles: z
    .strictObject({ label: z.string().optional(), prediction: z.string().optional() })
    .default({})
    .describe("Columns that are no features: the truth, and what the model said of it"),
  schema: z
    .enum(["strict", "report"])
    .default("strict")
    .describe("strict refuses a window whose columns differ from the reference's; report compares those that agree"),
  tests: z
    .union([z.literal("all"), z.record(z.string(), testChoice)], {
      error: 'Invalid input: expected "all" or an object of {test?, threshold?} by column',
    })
    .default({})
    .describe('Test and threshold by column; others get the preset\'s. "all" runs every test that suits'),
};

/** Body of POST /detect-drift. */
export const detectBody = z.strictObject({
  reference_id: z.string().optional().describe("A stored reference"),
  reference: z
    .strictObject({ columns: columnsOf.optional(), rows: rowsOf.optional(), kinds: kinds.optional() })
    .optional()
    .describe("Instead of reference_id: the reference itself, which is not stored"),
  columns: columnsOf.optional(),
  rows: rowsOf.optional(),
  ...comparisonRules,
  event_time: z
    .strictObject({ column: z.string(), maximum_age_seconds: z.number().gt(0) })
    .optional()
    .describe("A column of the window that says when each row happened; it is not compared"),
  report: z
    .boolean()
    .default(false)
    .describe("Keep the report; the answer's report_id names it, see GET /reports/{id}"),
});
/** What a comparison needs of a parsed request. */
export type DetectBody = Omit<z.output<typeof detectBody>, "report">;

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
  part: "body" | "query" | "path",
): z.output<Schema> {
  const result = schema.safeParse(value ?? undefined);
  if (result.success) return result.data;
  const problems = result.error.issues
    .flatMap(innermost)
    .map(({ path, message }) => `${[part, ...path].join(".")}: ${message}`);
  throw new ServiceError(400, "invalid_request", `The request is wrong. ${problems.join(". ")}.`);
}

/** Of a value that fits none of several forms, what is wrong with it in the form that it fits best. */
function innermost(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== "invalid_union") return [issue];
  const deeper = issue.errors.find((branch) => branch.some(({ path }) => path.length > 0));
  return deeper
    ? deeper.flatMap(innermost).map(({ path, message }) => ({ path: [...issue.path, ...path], message }))
    : [issue];
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
