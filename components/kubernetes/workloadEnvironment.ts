import type * as inputs from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { ZodType } from "zod";
import type { ServiceDescriptor } from "../../services/runtime/descriptor";
import { type ArgumentProblem, problemIf } from "../arguments";

/** A value in the cloud's own secret store. */
export interface CloudSecret {
  /** ARN (AWS), projects/PROJECT/secrets/NAME (Google Cloud), or the Key Vault secret's resource id (Azure). */
  readonly id: pulumi.Input<string>;
  /** Member of the secret where that is a JSON object. @default the whole value */
  readonly property?: string;
}

/** What a workload's process reads. */
export interface WorkloadEnvironment {
  /** The descriptor's variables, except host and ports. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Variables whose values come from the cloud's secret store. @default none */
  readonly secrets?: Readonly<Record<string, CloudSecret>>;
}

/** Variables that libraries of the services read, beside those of the descriptors: the password of pg. */
const LIBRARY_VARIABLES = ["PGPASSWORD"];

/** Variables of a container in a fixed order: ports and host first, then the given ones, then those of the secret. */
export function containerEnvironment(
  descriptor: ServiceDescriptor,
  { environment, secrets = {} }: WorkloadEnvironment,
  secretName: string,
): inputs.core.v1.EnvVar[] {
  const ports = Object.values(descriptor.ports).map((port) => ({ name: port.variable, value: String(port.default) }));
  const host = ports.length > 0 ? [{ name: "HOST", value: "0.0.0.0" }] : [];
  return [
    { name: "NODE_ENV", value: "production" },
    ...host,
    ...ports,
    ...Object.entries(environment).map(([name, value]) => ({ name, value })),
    ...Object.keys(secrets).map((name) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key: name } } })),
  ];
}

/** All that is wrong with a workload's variables, held to the descriptor's schema as far as they are known. */
export function environmentProblems(
  descriptor: ServiceDescriptor,
  { environment, secrets = {} }: WorkloadEnvironment,
): readonly ArgumentProblem[] {
  const { shape } = descriptor.environment;
  const reserved = ["HOST", "NODE_ENV", ...Object.values(descriptor.ports).map(({ variable }) => variable)];
  const known = Object.keys(shape).filter((name) => !reserved.includes(name));
  const given = [...Object.keys(environment), ...Object.keys(secrets)];
  const unset = known.filter((name) => !given.includes(name) && !shape[name]?.safeParse(undefined).success);
  return [
    ...given.flatMap((name) =>
      problemIf(
        !known.includes(name) && !LIBRARY_VARIABLES.includes(name),
        `environment.${name}`,
        `is no variable of the ${descriptor.name} service that can be set; allowed are ${[...known, ...LIBRARY_VARIABLES].join(", ")}.`,
      ),
    ),
    ...unset.flatMap((name) =>
      problemIf(true, `environment.${name}`, `is not set, and the ${descriptor.name} service does not start without.`),
    ),
    ...Object.entries(environment).flatMap(([name, value]) => [
      ...valueProblems(name, value, shape[name]),
      ...problemIf(
        name in secrets,
        `secrets.${name}`,
        "is in environment too; one variable has one value. Remove it from one of them.",
      ),
    ]),
  ];
}

function valueProblems(
  name: string,
  value: pulumi.Input<string>,
  schema: ZodType | undefined,
): readonly ArgumentProblem[] {
  if (typeof value !== "string") return [];
  if (isSecret(name, value)) {
    return problemIf(
      true,
      `environment.${name}`,
      "holds a password as text, which whoever sees the deployment would read; name it in secrets instead.",
    );
  }
  const result = schema?.safeParse(value);
  if (!result || result.success) return [];
  const why = result.error.issues.map(({ message }) => message).join(", ");
  return problemIf(true, `environment.${name}`, `is ${JSON.stringify(value)}. ${why}.`);
}

/** By the variable's name, or by a password inside a URL. */
function isSecret(name: string, value: string): boolean {
  return /(PASSWORD|SECRET|TOKEN|PRIVATE_KEY|CREDENTIALS?)$/.test(name) || /:\/\/[^/@\s]*:[^/@\s]+@/.test(value);
}
