import { z } from "zod";

/** An IPv4 network in CIDR notation. */
export const cidr = z.cidrv4().describe("an IPv4 network such as 10.1.0.0/16");

/** A secret, which no message repeats; `writeOnly` is JSON Schema's word for it. */
export const secretText = z.string().min(1).meta({ writeOnly: true });

/** The name of one of several: pools, grants, health checks. */
export const shortName = z.string().regex(/^[a-z][a-z0-9-]{0,11}$/);

/** A whole number of days. */
export const days = (least: number, most: number) => z.int().min(least).max(most);

/** What the node pools of every cloud hold. */
export const poolFields = {
  machineTypes: z.array(z.string().min(1)).min(1).describe("Instance types, most wanted first; GKE and AKS take one"),
  min: z.int().min(0).max(1000).describe("Least number of nodes"),
  max: z.int().min(1).max(1000).describe("Greatest number of nodes"),
  diskGb: z.int().min(20).max(16_384).optional().describe("Root disk of a node, GiB"),
  labels: z.record(z.string().min(1), z.string()).default({}).describe("Kubernetes labels of the nodes"),
  taints: z
    .array(
      z.strictObject({
        key: z.string().min(1).describe("Name, such as example.com/team"),
        value: z.string().default("").describe("Value"),
        effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).describe("What happens to other pods"),
      }),
    )
    .optional()
    .describe("Taints; GPU pools keep other pods off without any"),
};

/** What is said of the accelerators of a pool's nodes on every cloud. */
export const gpuFields = {
  type: z.string().min(1).describe("Accelerator name"),
  count: z.int().min(1).max(16).default(1).describe("Accelerators of one node"),
};

/** Node pools by name, of what one cloud's pool is. */
export function nodePools<Pool extends z.ZodType<{ readonly min: number; readonly max: number }>>(pool: Pool) {
  const sized = pool.refine(({ min, max }) => min <= max, { path: ["min"], message: "a number not above max" });
  return z.record(shortName, sized).describe("Node pools by name");
}

/** What the networks of every cloud hold. */
export const networkFields = {
  cidr,
  zones: z.int().min(1).max(3).default(3).describe("Availability zones used"),
  nat: z.enum(["none", "single", "onePerZone"]).default("single").describe("NAT gateways"),
};

/** What the clusters of every cloud hold, besides their pools. */
export const clusterFields = {
  version: z
    .string()
    .regex(/^1\.\d{2}$/)
    .describe("a Kubernetes minor version such as 1.34"),
  publicAccessCidrs: z.array(cidr).default([]).describe("Who reaches the API server; empty keeps it private"),
};

/** What the databases of every cloud hold. */
export const databaseFields = {
  machineType: z.string().min(1).describe("Instance class or tier"),
  storageGb: z.int().min(20).max(65_536).default(100).describe("Storage, GiB"),
  highlyAvailable: z.boolean().optional().describe("Standby in another zone; unset means in prod only"),
  backupRetentionDays: days(1, 35).default(7).describe("Days that backups are kept"),
};

/** What every cloud's section holds. */
export const foundationFields = {
  region: z.string().min(1).describe("Region or location"),
  monthlyBudget: z.int().min(1).max(100_000_000).optional().describe("Spending a month that alarms are tied to"),
};

/** Whole URLs that are watched from a cloud, by name. */
export const healthChecks = (from: string) =>
  z.record(shortName, z.url()).default({}).describe(`URLs of other clouds that are watched from ${from}, by name`);

const webhook = z
  .string()
  .regex(/^https:\/\/[^\s/]+\S*$/)
  .meta({ writeOnly: true })
  .optional();

/** Who hears of alarms: one place for all clouds. */
export const alertsConfig = z
  .strictObject({
    emails: z.array(z.email()).default([]).describe("Addresses that alarms of every cloud are sent to"),
    webhooks: z
      .record(
        shortName,
        z.strictObject({
          aws: webhook.describe("an https:// address that takes SNS's messages and confirms the subscription"),
          gcp: webhook.describe("an https:// address that takes Cloud Monitoring's incidents"),
          azure: webhook.describe("an https:// address that takes Azure's common alert schema"),
        }),
      )
      .default({})
      .describe("Where else alarms are sent, by name, such as slack or pagerduty: each cloud's own address there"),
  })
  .prefault({});

/** Who hears of alarms. */
export type AlertsConfig = Readonly<z.output<typeof alertsConfig>>;

/** The addresses by name that one cloud's alarms are sent to. */
export function webhooksOf({ webhooks }: AlertsConfig, cloud: "aws" | "gcp" | "azure"): Record<string, string> {
  const own = Object.entries(webhooks).map(([name, addresses]) => [name, addresses[cloud]] as const);
  return Object.fromEntries(own.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** What is wrong with the addresses beside the clouds that the stack has. */
export function alertsProblems({ webhooks }: AlertsConfig, clouds: readonly string[]): readonly string[] {
  return Object.entries(webhooks).flatMap(([name, addresses]) =>
    Object.keys(addresses)
      .filter((cloud) => !clouds.includes(cloud))
      .map(
        (cloud) =>
          `tideline:alerts.webhooks.${name}.${cloud}: found an address for ${cloud}, which the stack does not have; allowed: ${clouds.join(", ") || "none"}. Remove it, or configure tideline:${cloud}.`,
      ),
  );
}
