import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/**
 * What a stack gives to applications: each key is the name of a `pulumi stack output`. Flat, because one secret
 * inside an object would make the whole object secret.
 */
export const outputsSchema = z.object({
  environment: z.enum(["local", "dev", "staging", "prod"]).describe("Kind of environment"),
  servingUrl: z.url().describe("Serving: POST {servingUrl}/predict; Open Inference Protocol below {servingUrl}/v2"),
  servingGrpcUrl: z
    .string()
    .describe("Serving over gRPC, the Open Inference Protocol: host:port, as gRPC clients take it"),
  servingDocsUrl: z.url().describe("OpenAPI page of the serving service"),
  driftUrl: z.url().describe("Drift: POST {driftUrl}/detect-drift"),
  driftDocsUrl: z.url().describe("OpenAPI page of the drift service"),
  modelName: z.string().describe("Name of the served model"),
  modelVersion: z.string().describe("Version of the served model, a positive whole number as text"),
  modelChecksum: z.string().describe("SHA-256 of the model's ONNX bytes, hexadecimal"),
  modelAccuracy: z.number().describe("Accuracy on the stratified hold-out, 0 to 1"),
  modelAuc: z.number().describe("Area under the ROC curve on the stratified hold-out, 0 to 1"),
  referenceId: z.string().describe("Drift reference that belongs to the served model"),
  modelsUrl: z.string().describe("Bucket of model packages, in the form that the object library opens"),
  databaseUrl: z.string().describe("postgres:// URL of the metadata store; secret"),
});

/** A stack's outputs as an application holds them. */
export type Outputs = Readonly<z.infer<typeof outputsSchema>>;

/** A stack's outputs while an engine runs. */
export type StackOutputs = { readonly [Key in keyof Outputs]: pulumi.Output<Outputs[Key]> };

/** All names, in the order above. */
export const OUTPUT_NAMES = Object.keys(outputsSchema.shape) as (keyof Outputs)[];

/**
 * Outputs of another stack, for a Pulumi program of yours:
 * `stackOutputs(new pulumi.StackReference("organization/tideline/prod")).servingUrl`.
 */
export function stackOutputs(reference: pulumi.StackReference): StackOutputs {
  const entries = OUTPUT_NAMES.map((name) => [name, reference.requireOutput(name)]);
  return Object.fromEntries(entries) as StackOutputs;
}

/**
 * Outputs from the text of `npm run --silent outputs -- STACK --format json` or `pulumi stack output --json --show-secrets`.
 * @throws {Error} naming every output that is missing or of another type.
 */
export function parseOutputs(json: string): Outputs {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(
      `The stack's outputs are not JSON (${(error as Error).message}). Bring the stack up first: npm run up.`,
    );
  }
  const result = outputsSchema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(
    `The stack's outputs do not fit. Bring the stack up with this version of Tideline, then read them again.\n${z.prettifyError(result.error)}`,
  );
}
