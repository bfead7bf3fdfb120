import { z } from "zod";

/** The variables of the prediction log. */
export const predictionLogEnvironment = {
  PREDICTION_LOG_URL: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Object store that gets sampled predictions as Parquet files; file:, s3:, gs: or azblob: URL; unset: none",
    ),
  PREDICTION_LOG_SAMPLE_RATE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("Share of the predicted rows that are logged"),
  PREDICTION_LOG_FILE_ROWS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(10_000)
    .describe("Most rows of one file, and most that wait for the next one; beyond them rows are dropped and counted"),
  PREDICTION_LOG_INTERVAL_SECONDS: z.coerce
    .number()
    .min(0.05)
    .max(86_400)
    .default(60)
    .describe("A file is written so often when there is anything to write"),
};
