import { z } from "zod";
import {
  cidr,
  clusterFields,
  databaseFields,
  days,
  foundationFields,
  gpuFields,
  healthChecks,
  networkFields,
  nodePools,
  poolFields,
  secretText,
} from "./cloudConfig";

const gpu = z.strictObject({
  ...gpuFields,
  sharing: z
    .union([
      z.strictObject({
        kind: z.enum(["timeShared", "mps"]).describe("In turn, or at once"),
        clients: z.int().min(2).max(48).describe("Pods that share one"),
      }),
      z.strictObject({
        kind: z.literal("mig"),
        partition: z.string().min(1).describe("Size of a part, such as 1g.5gb"),
      }),
    ])
    .optional()
    .describe("{ kind: timeShared or mps, clients: 2 to 48 } or { kind: mig, partition: SIZE such as 1g.5gb }"),
  driver: z.enum(["default", "latest", "none"]).optional().describe("Driver that GKE installs; unset means default"),
});

const pool = z.strictObject({
  ...poolFields,
  capacity: z
    .union([
      z.enum(["onDemand", "spot"]),
      z.strictObject({ reservation: z.string().min(1).describe("Name of a reservation in the pool's zones") }),
    ])
    .optional()
    .describe('"onDemand", "spot" or { reservation: NAME }'),
  diskType: z
    .enum(["pd-ssd", "pd-balanced", "pd-standard", "hyperdisk-balanced"])
    .optional()
    .describe("Kind of the root disk; unset means what the machine series takes"),
  gpu: gpu.optional().describe("Accelerators of each node; unset means none"),
  zones: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Zones such as us-central1-a; unset means the cluster's"),
  maxSurge: z.int().min(0).max(20).optional().describe("Nodes made before old ones go, in an upgrade; unset means 1"),
  maxUnavailable: z.int().min(0).max(20).optional().describe("Nodes missing in an upgrade; unset means 0"),
  podsPerNode: z.int().min(8).max(256).optional().describe("Pods a node; unset means 64"),
});

const cluster = z.strictObject({
  ...clusterFields,
  administrators: z
    .array(z.email())
    .max(1)
    .optional()
    .describe("Service account that the kubeconfig acts as; unset means whoever uses it"),
  privateAccessCidrs: z.array(cidr).optional().describe("Who reaches the private API server besides this network"),
  dnsEndpoint: z.boolean().optional().describe("API server by its DNS name, guarded by IAM; unset means false"),
  releaseChannel: z
    .enum(["RAPID", "REGULAR", "STABLE", "EXTENDED"])
    .optional()
    .describe("How eagerly GKE upgrades; unset means REGULAR"),
  maintenanceExclusions: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe("Name"),
        start: z.iso.datetime().describe("a time in UTC such as 2026-11-25T00:00:00Z"),
        end: z.iso.datetime().describe("a time in UTC such as 2026-11-25T00:00:00Z"),
        scope: z
          .enum(["NO_UPGRADES", "NO_MINOR_UPGRADES", "NO_MINOR_OR_NODE_UPGRADES"])
          .optional()
          .describe("What is not upgraded; unset means NO_UPGRADES"),
      }),
    )
    .max(20)
    .optional()
    .describe("Times without upgrades"),
  binaryAuthorization: z.boolean().optional().describe("Admit only images that the project allows; unset means false"),
  nodePools: nodePools(pool),
});

/** Google Cloud: naming it in a stack's settings switches it on. */
export const gcpConfig = z
  .strictObject({
    ...foundationFields,
    project: z
      .string()
      .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/)
      .describe("a project id, such as my-company-ml"),
    billingAccount: z
      .string()
      .regex(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/)
      .optional()
      .describe("a billing account such as 012345-6789AB-CDEF01, which a budget needs"),
    budgetCurrency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .describe("a currency such as EUR, the billing account's own; unset means USD"),
    network: z.strictObject({
      ...networkFields,
      flowLogShare: z.number().min(0).max(1).optional().describe("Share of flows logged; unset means 0.1, 0.5 in prod"),
    }),
    cluster,
    database: z.strictObject({
      ...databaseFields,
      backupLocation: z.string().min(1).optional().describe("Region or multi-region of the backups, such as eu"),
      postgresVersion: z.literal([14, 15, 16, 17]).optional().describe("Major version; unset means 17"),
    }),
    cache: z
      .strictObject({
        memoryGb: z.int().min(1).max(300).optional().describe("Memory, GiB; unset means 1, 5 in prod"),
        highlyAvailable: z.boolean().optional().describe("Standby in another zone; unset means in prod only"),
        readReplicas: z.int().min(0).max(5).optional().describe("Replicas that answer reads; unset means 0"),
      })
      .optional()
      .describe("Cache; unset means sized by the environment"),
    objects: z
      .strictObject({
        versionsKept: z.int().min(1).max(100).optional().describe("Newer versions before an old one goes; unset: 5"),
        coldAfterDays: days(1, 3650).optional().describe("Days until artifacts and data move to colder storage"),
      })
      .optional()
      .describe("Buckets; unset means the defaults"),
    slack: z
      .strictObject({
        channel: z.string().min(2).describe("Channel, such as #ml-alarms"),
        token: secretText.describe("a token of Google's Slack app; set it with --secret"),
      })
      .optional()
      .describe("Slack channel that Cloud Monitoring itself writes to; unset means none"),
    healthChecks: healthChecks("Google Cloud"),
  })
  .optional()
  .describe("Google Cloud foundation");

/** The section of Google Cloud. */
export type GcpConfig = NonNullable<z.output<typeof gcpConfig>>;
