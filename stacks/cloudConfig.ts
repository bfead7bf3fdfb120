import { z } from "zod";

const cidr = z.cidrv4().describe("an IPv4 network such as 10.1.0.0/16");

const nodePool = z
  .strictObject({
    machineTypes: z.array(z.string().min(1)).min(1).describe("Instance types, most wanted first"),
    min: z.int().min(0).max(1000).describe("Least number of nodes"),
    max: z.int().min(1).max(1000).describe("Greatest number of nodes"),
    capacity: z.enum(["onDemand", "spot"]).optional().describe("How nodes are bought; unset lets the environment say"),
    diskGb: z.int().min(20).max(16_384).optional().describe("Root disk of a node, GiB"),
    gpu: z
      .strictObject({ type: z.string().min(1).describe("Accelerator name"), count: z.int().min(1).max(16).default(1) })
      .optional()
      .describe("Accelerator of each node; unset means none"),
    labels: z.record(z.string().min(1), z.string()).default({}).describe("Kubernetes labels of the nodes"),
  })
  .refine((pool) => pool.min <= pool.max, { path: ["min"], message: "a number not above max" });

/** What every cloud's section holds. */
const foundation = {
  region: z.string().min(1).describe("Region or location"),
  network: z.strictObject({
    cidr,
    zones: z.int().min(1).max(3).default(3).describe("Availability zones used"),
    nat: z.enum(["none", "single", "onePerZone"]).default("single").describe("NAT gateways"),
  }),
  cluster: z.strictObject({
    version: z
      .string()
      .regex(/^1\.\d{2}$/)
      .describe("a Kubernetes minor version such as 1.34"),
    administrators: z
      .array(z.string().min(1))
      .optional()
      .describe("Who may do everything: role ARNs (AWS), one service account (Google Cloud), group ids (Azure)"),
    publicAccessCidrs: z.array(cidr).default([]).describe("Who reaches the API server; empty keeps it private"),
    nodePools: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,11}$/), nodePool).describe("Node pools by name"),
  }),
  database: z.strictObject({
    machineType: z.string().min(1).describe("Instance class or tier"),
    storageGb: z.int().min(20).max(65_536).default(100).describe("Storage, GiB"),
    highlyAvailable: z.boolean().optional().describe("Standby in another zone; unset means in prod only"),
    backupRetentionDays: z.int().min(1).max(35).default(7).describe("Days that backups are kept"),
  }),
  monthlyBudget: z.int().min(1).max(100_000_000).optional().describe("Spending a month that alarms are tied to"),
};

/** Who hears of alarms, on every cloud. */
export const alertsConfig = z
  .strictObject({ emails: z.array(z.email()).default([]).describe("Addresses that alarms are sent to") })
  .prefault({});

/** AWS: naming it in a stack's settings switches it on. */
export const awsConfig = z
  .strictObject({
    ...foundation,
    accountId: z
      .string()
      .regex(/^\d{12}$/)
      .describe("an account id, twelve digits in quotes; up refuses to work in any other account"),
    assumeRoleArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/)
      .optional()
      .describe("a role ARN such as arn:aws:iam::123456789012:role/deploy, to be assumed"),
    recoveryRegion: z.string().min(1).optional().describe("Second region for copies of data; unset means none"),
    healthChecks: z.record(z.string().min(1), z.url()).default({}).describe("URLs watched from AWS, by name"),
  })
  .optional()
  .describe("AWS foundation");

/** Google Cloud: naming it in a stack's settings switches it on. */
export const gcpConfig = z
  .strictObject({
    ...foundation,
    project: z
      .string()
      .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/)
      .describe("a project id, such as my-company-ml"),
    billingAccount: z
      .string()
      .regex(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/)
      .optional()
      .describe("a billing account such as 012345-6789AB-CDEF01, which a budget needs"),
  })
  .optional()
  .describe("Google Cloud foundation");

/** Azure: naming it in a stack's settings switches it on. */
export const azureConfig = z
  .strictObject({
    ...foundation,
    subscriptionId: z.guid().describe("a subscription id"),
    tenantId: z.guid().describe("a directory (tenant) id"),
    budgetStartsOn: z
      .string()
      .regex(/^\d{4}-\d{2}-01$/)
      .optional()
      .describe("a first day of a month such as 2026-12-01, which a budget needs"),
  })
  .optional()
  .describe("Azure foundation");

/** One cloud's section, as components take it. */
export type AwsConfig = NonNullable<z.output<typeof awsConfig>>;
export type GcpConfig = NonNullable<z.output<typeof gcpConfig>>;
export type AzureConfig = NonNullable<z.output<typeof azureConfig>>;
