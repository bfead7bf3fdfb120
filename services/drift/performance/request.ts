import { z } from "zod";
import { ServiceError } from "../../runtime/errors";
import type { ScoredRows } from "./measured";

const numbers = (description: string) => z.unknown().meta({ type: "array", items: { type: "number" }, description });
const labels = (description: string) =>
  z.unknown().meta({
    type: "array",
    items: { anyOf: [{ type: "string" }, { type: "number" }, { type: "boolean" }] },
    description,
  });

/** Body of POST /performance. */
export const performanceBody = z.strictObject({
  scores: numbers("Probability of the positive class by row, 0 to 1, in order of time"),
  labels: labels("The truth by row; without it performance is estimated").optional(),
  times: z
    .unknown()
    .meta({
      type: "array",
      items: { anyOf: [{ type: "string" }, { type: "number" }] },
      description: "When each row happened, ISO 8601 or seconds since 1970; windows are then days (UTC)",
    })
    .optional(),
  positive: z.union([z.string(), z.number(), z.boolean()]).default(1).describe("The label of the positive class"),
  threshold: z.number().gt(0).lt(1).default(0.5).describe("A score from here on is a positive prediction"),
  window_rows: z.int().min(20).max(1_000_000).optional().describe("Rows of a window; ten windows by default"),
  reference: z
    .strictObject({ scores: numbers("Scores of rows of known truth"), labels: labels("Their truth") })
    .optional()
    .describe("Rows of known truth: what performance is held against, and what scores are calibrated on"),
  model: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, "Allowed: up to 128 letters, digits, dots, dashes and underscores")
    .optional()
    .describe("Tells the last window's accuracy to Prometheus under this name; without it nothing is told"),
});
export type PerformanceBody = z.output<typeof performanceBody>;

/** @throws {ServiceError} 400 naming the row and value that is no score. */
export function parseScores(values: unknown, where: string): Float64Array {
  const list = requireList(values, where);
  return Float64Array.from(list, (value, row) => {
    if (typeof value === "number" && value >= 0 && value <= 1) return value;
    throw new ServiceError(
      400,
      "invalid_score",
      `Row ${row} of ${where} is ${JSON.stringify(value)?.slice(0, 60)}: a probability from 0 to 1 is expected.`,
      { row },
    );
  });
}

/** Labels beside as many scores; 1 where a label is the positive one. */
export function parseLabels(
  values: unknown,
  where: string,
  positive: PerformanceBody["positive"],
  rows: number,
): Uint8Array {
  const list = requireList(values, where);
  if (list.length !== rows) {
    throw new ServiceError(
      400,
      "ragged_columns",
      `${where} has ${list.length} values beside ${rows} scores; as many are needed.`,
    );
  }
  const others = new Set<unknown>();
  const parsed = Uint8Array.from(list, (value, row) => {
    if (!["string", "number", "boolean"].includes(typeof value)) {
      throw new ServiceError(
        400,
        "invalid_label",
        `Row ${row} of ${where} is ${JSON.stringify(value)?.slice(0, 60)}: a string, number or boolean is expected; leave rows of unknown truth out.`,
        { row },
      );
    }
    if (value !== positive) others.add(value);
    return value === positive ? 1 : 0;
  });
  if (others.size <= 1) return parsed;
  const seen = [...others].slice(0, 5).map((value) => JSON.stringify(value));
  throw new ServiceError(
    400,
    "invalid_label",
    `${where} has ${others.size} values besides the positive ${JSON.stringify(positive)} (${seen.join(", ")}): two classes are measured. Name the positive label in positive.`,
  );
}

/** Scores and truth of a reference. */
export function parseReference({ reference, positive }: PerformanceBody): ScoredRows | undefined {
  if (!reference) return undefined;
  const scores = parseScores(reference.scores, "reference.scores");
  return { scores, labels: parseLabels(reference.labels, "reference.labels", positive, scores.length) };
}

function requireList(values: unknown, where: string): readonly unknown[] {
  if (Array.isArray(values) && values.length > 0) return values;
  const seen = Array.isArray(values) ? "empty" : (JSON.stringify(values)?.slice(0, 60) ?? "missing");
  throw new ServiceError(400, "empty_data", `${where} is ${seen}; an array of at least one value is expected.`);
}
