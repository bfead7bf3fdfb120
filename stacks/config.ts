import { resolve } from "node:path";
import { allConfig } from "@pulumi/pulumi/runtime";
import { z } from "zod";
import { awsConfig } from "./awsConfig";
import { azureConfig } from "./azureConfig";
import { alertsConfig, alertsProblems, secretText } from "./cloudConfig";
import { configProblems } from "./configProblems";
import { gcpConfig } from "./gcpConfig";
import { kubernetesConfig } from "./kubernetesConfig";
import { linksConfig, linksProblems } from "./linksConfig";

const port = (standard: number) => z.int().min(1).max(65_535).default(standard);
const logLevel = z
  .enum(["trace", "debug", "info", "warn", "error", "silent"])
  .default("info")
  .describe("Least log level");

/** Everything that a stack can say, under the namespace `tideline:`; the only place with defaults. */
export const configSchema = z.strictObject({
  environment: z.enum(["local", "dev", "staging", "prod"]).describe("Which kind of environment this stack is"),
  model: z
    .strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9][a-z0-9._-]*$/)
        .default("breast-cancer")
        .describe("Model name in the store"),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .default(42)
        .describe("Seed of the split; the same seed gives the same bytes"),
      holdOutFraction: z.number().min(0.05).max(0.5).default(0.25).describe("Share of rows kept for the hold-out"),
    })
    .prefault({}),
  serving: z
    .strictObject({
      port: port(8080),
      grpcPort: port(8090),
      logLevel,
      maxBatchSize: z.int().min(1).max(4096).default(64).describe("Most rows inferred at once"),
      maxBatchDelayMs: z.number().min(0).max(1000).default(0).describe("Longest wait for a batch to fill; 0 is greedy"),
      maxQueueSize: z.int().min(1).max(1_000_000).default(4096).describe("Requests waiting before 503"),
      driftSampleRate: z.number().min(0).max(1).default(1).describe("Share of predicted rows sent to drift"),
      driftWindowRows: z.int().min(20).max(100_000).default(200).describe("Rows in the window compared"),
      driftIntervalSeconds: z.number().min(0.1).max(3600).default(5).describe("Seconds between comparisons"),
    })
    .prefault({}),
  drift: z.strictObject({ port: port(8081), logLevel }).prefault({}),
  metadata: z.strictObject({ port: port(5433), logLevel }).prefault({}),
  deletionProtection: z
    .boolean()
    .optional()
    .describe("Clusters, databases and filled buckets refuse to be deleted; unset means in prod only"),
  alerts: alertsConfig,
  pagerDutyKey: secretText
    .optional()
    .describe("PagerDuty's key for Cloud Monitoring; AWS and Azure have its addresses in alerts.webhooks"),
  aws: awsConfig,
  gcp: gcpConfig,
  azure: azureConfig,
  links: linksConfig,
  kubernetes: kubernetesConfig,
});

/** A stack's configuration with its name and the folders that the program works in. */
export type Config = Readonly<z.output<typeof configSchema> & { stack: string } & Folders>;

export interface Folders {
  /** The project. */
  readonly root: string;
  /** Everything that stack `local` keeps. */
  readonly home: string;
}

/** The cloud sections' names. */
export const CLOUDS = ["aws", "gcp", "azure"] as const;

/** All that is wrong with a stack's configuration, a line each: key, value found, what is allowed, what to do. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the running stack's configuration and the one environment variable that the program knows: TIDELINE_HOME,
 * the folder of everything that stack `local` keeps (default `.tideline` in the project).
 */
export function readConfig(stack: string): Config {
  const root = resolve(__dirname, "..");
  return parseConfig(stack, allConfig(), { root, home: resolve(root, process.env.TIDELINE_HOME || ".tideline") });
}

/**
 * Parses configuration as the engine hands it over: `tideline:KEY` to text, where lists and objects are JSON.
 * @throws {ConfigError} with all problems together.
 */
export function parseConfig(stack: string, values: Readonly<Record<string, string>>, folders: Folders): Config {
  const given: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(values)) {
    const [namespace, key = ""] = name.split(":");
    if (namespace === "tideline") given[key] = parseValue(text);
  }
  const result = configSchema.safeParse(given);
  const problems = result.success
    ? crossProblems(result.data)
    : configProblems(configSchema, given, result.error.issues);
  if (problems.length === 0 && result.success) return deepFreeze({ ...result.data, stack, ...folders });
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  throw new ConfigError(
    `The configuration of stack ${stack} has ${count}. Mend them in Pulumi.${stack}.yaml or with \`npm run pulumi -- config set --path\`:\n${problems.map((line) => `  ${line}`).join("\n")}`,
  );
}

function parseValue(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Rules that hold between keys. */
function crossProblems(config: z.output<typeof configSchema>): string[] {
  const problems: string[] = [];
  const clouds = CLOUDS.filter((name) => config[name] !== undefined);
  if (config.environment === "local" && clouds.length > 0) {
    problems.push(
      `tideline:${clouds[0]}: found a cloud in environment local; allowed: none. Remove it, or choose environment dev.`,
    );
  }
  if (config.environment !== "local" && clouds.length === 0) {
    problems.push(
      `tideline:environment: found "${config.environment}" without a cloud; allowed: at least one of tideline:aws, tideline:gcp, tideline:azure.`,
    );
  }
  const ports = (["serving", "drift", "metadata"] as const).map((name) => ({
    name: `${name}.port`,
    port: config[name].port,
  }));
  ports.push({ name: "serving.grpcPort", port: config.serving.grpcPort });
  for (const [index, { name, port }] of ports.entries()) {
    const twin = ports.slice(0, index).find((other) => other.port === port);
    if (twin)
      problems.push(`tideline:${name}: found ${port}, which tideline:${twin.name} has; allowed: a port of its own.`);
  }
  const seen: { name: string; cidr: string }[] = [];
  for (const name of clouds) {
    const network = config[name]?.network.cidr ?? "";
    const twin = seen.find((other) => overlaps(other.cidr, network));
    if (twin)
      problems.push(
        `tideline:${name}.network.cidr: found ${network}, which overlaps tideline:${twin.name}.network.cidr ${twin.cidr}; allowed: networks apart, so that they can be peered.`,
      );
    seen.push({ name, cidr: network });
  }
  return [...problems, ...alertsProblems(config.alerts, clouds), ...linksProblems(config.links, clouds)];
}

function overlaps(a: string, b: string): boolean {
  const range = (cidr: string) => {
    const [address = "", bits = "32"] = cidr.split("/");
    const size = 2 ** (32 - Number(bits));
    const start = Math.floor(address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) / size) * size;
    return { start, end: start + size };
  };
  const [left, right] = [range(a), range(b)];
  return left.start < right.end && right.start < left.end;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null)
    for (const part of Object.values(Object.freeze(value))) deepFreeze(part);
  return value;
}
