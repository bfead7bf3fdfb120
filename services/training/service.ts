import { z } from "zod";
import { defineService } from "../runtime/descriptor";
import { commonEnvironment } from "../runtime/environment";

/** The job that fits the classifier and publishes it to the model store. */
export const trainingService = defineService({
  name: "training",
  kind: "job",
  summary: "Fits a classifier on a CSV file and publishes it as the next version of a model package.",
  ports: {},
  environment: z.object({
    LOG_LEVEL: commonEnvironment.LOG_LEVEL,
    OBJECT_STORE_URL: z.string().min(1).describe("Model store: file:, s3:, gs: or azblob: URL"),
    MODEL_NAME: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]*$/, "Allowed: lower-case letters, digits, dot, dash and underscore")
      .default("breast-cancer")
      .describe("Model that the new version belongs to"),
    DATASET: z.string().min(1).describe("Path of the CSV file; its column `target` holds the class, 0 or 1"),
    CLASSES: z
      .string()
      .regex(/^[^,]+,[^,]+$/, "Allowed: two names with a comma between")
      .default("malignant,benign")
      .describe("Names of the classes 0 and 1, with a comma between"),
    SEED: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .default(42)
      .describe("Seed of the split; the same seed gives the same bytes"),
    HOLD_OUT_FRACTION: z.coerce
      .number()
      .gt(0)
      .lt(1)
      .default(0.25)
      .describe("Share of every class that is kept for the metrics"),
  }),
  stores: ["objects"],
  resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "1Gi" } },
  scaling: [],
  drainSeconds: 10,
});
