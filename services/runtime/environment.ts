import { z } from "zod";
import type { ServiceDescriptor } from "./descriptor";

/** Variables that every service understands; spread into a descriptor's `environment`. */
export const commonEnvironment = {
  HOST: z.string().default("127.0.0.1").describe("Address to listen on; 0.0.0.0 inside a container"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info").describe("Least log level"),
};

/** A port variable: whole number from 0 (any free port) to 65535. */
export function portVariable(defaultPort: number) {
  return z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(defaultPort)
    .describe("Port to listen on; 0 picks a free one");
}

/** Describes a variable whose value is a secret: no message and no log ever shows it. */
export function secretVariable<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  return schema.meta({ description, secret: true });
}

/** All that is wrong with a service's environment, one line a variable. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/**
 * Parses a service's variables by its descriptor's schema.
 * @throws {EnvironmentError} naming every bad variable, the value found and what is allowed.
 */
export function readEnvironment<Environment extends z.ZodObject>(
  descriptor: ServiceDescriptor<Environment>,
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<z.output<Environment>> {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const result = descriptor.environment.safeParse(given);
  if (result.success) return Object.freeze(result.data);
  const problems = result.error.issues.map((issue) => {
    const variable = issue.path.join(".");
    const schema = descriptor.environment.shape[variable] as z.ZodType | undefined;
    const meaning = schema?.description;
    const found = given[variable] === undefined ? "not set" : `found ${shown(given[variable], schema)}`;
    return `  ${variable}: ${found}. ${issue.message}.${meaning === undefined ? "" : ` Meaning: ${meaning}.`}`;
  });
  throw new EnvironmentError(
    `The ${descriptor.name} service cannot start: ${problems.length} environment variable(s) are wrong.\n${problems.join("\n")}`,
  );
}

/** Logs are read by more people than may know a secret, or a store's password. */
function shown(value: string, schema: z.ZodType | undefined): string {
  if (schema?.meta()?.secret === true) return `a value of ${value.length} characters, which is not shown`;
  return JSON.stringify(value.replace(/\/\/[^@/]*@/g, "//***@"));
}
