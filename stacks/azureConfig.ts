import { z } from "zod";
import {
  cidr,
  clusterFields,
  databaseFields,
  days,
  foundationFields,
  gpuFields,
  networkFields,
  nodePools,
  poolFields,
} from "./cloudConfig";

const pool = z.strictObject({
  ...poolFields,
  diskGb: z.int().min(30).max(2048).optional().describe("Root disk of a node, GiB"),
  capacity: z
    .union([
      z.enum(["onDemand", "spot"]),
      z.strictObject({ reservationGroupId: z.string().min(1).describe("Id of a capacity reservation group") }),
    ])
    .optional()
    .describe('"onDemand", "spot" or { reservationGroupId: /subscriptions/.../capacityReservationGroups/NAME }'),
  gpu: z
    .strictObject({
      ...gpuFields,
      partition: z.enum(["MIG1g", "MIG2g", "MIG3g", "MIG4g", "MIG7g"]).optional().describe("How each is cut by MIG"),
      driver: z.enum(["install", "none"]).optional().describe("none leaves it to the GPU operator; unset: install"),
    })
    .optional()
    .describe("Accelerators of each node; unset means none"),
  zones: z
    .array(z.enum(["1", "2", "3"]))
    .min(1)
    .optional()
    .describe("Zones, in quotes; unset means the cluster's"),
  maxSurge: z
    .string()
    .regex(/^([1-9]\d*|([1-9]\d?|100)%)$/)
    .optional()
    .describe("a number of nodes or a percentage in quotes, made before old ones go; unset means 33%"),
  podsPerNode: z.int().min(10).max(250).optional().describe("Pods a node; unset means 110"),
});

const cluster = z.strictObject({
  ...clusterFields,
  administrators: z.array(z.guid()).optional().describe("Entra groups, by object id, that administer the cluster"),
  systemMachineType: z.string().min(1).optional().describe("VM size of the system pool, read when it is made"),
  encryptionAtHost: z.boolean().optional().describe("Encrypt temporary disks too; unset means in prod only"),
  podCidr: cidr.optional(),
  serviceCidr: cidr.optional(),
  maintenanceExclusions: z
    .array(
      z.strictObject({
        start: z.iso.date().describe("a date such as 2026-12-20"),
        end: z.iso.date().describe("a date such as 2026-12-20"),
      }),
    )
    .optional()
    .describe("Days without upgrades, both included"),
  login: z
    .enum(["azurecli", "workloadidentity", "msi", "spn"])
    .optional()
    .describe("How the kubeconfig's users log in; unset means azurecli"),
  nodePools: nodePools(pool),
});

/** Azure: naming it in a stack's settings switches it on. */
export const azureConfig = z
  .strictObject({
    ...foundationFields,
    subscriptionId: z.guid().describe("a subscription id"),
    tenantId: z.guid().describe("a directory (tenant) id"),
    budgetStartsOn: z
      .string()
      .regex(/^\d{4}-\d{2}-01$/)
      .optional()
      .describe("a first day of a month such as 2026-12-01, which a budget needs"),
    network: z.strictObject({
      ...networkFields,
      ingressPorts: z
        .array(z.int().min(1).max(65_535))
        .optional()
        .describe("Ports of load balancers that the internet reaches; unset means none"),
    }),
    cluster,
    database: z.strictObject({
      ...databaseFields,
      backupRetentionDays: days(7, 35).default(7).describe("Days that backups are kept"),
      geoRedundantBackup: z.boolean().optional().describe("Backups in the paired location too; unset: in prod only"),
      postgresVersion: z.literal([14, 15, 16, 17]).optional().describe("Major version; unset means 17"),
    }),
    cache: z
      .strictObject({
        size: z.string().min(1).optional().describe("Size of Azure Managed Redis, such as Balanced_B5"),
        highlyAvailable: z.boolean().optional().describe("A second copy; unset means in prod only"),
      })
      .optional()
      .describe("Cache; unset means sized by the environment"),
    objects: z
      .strictObject({
        redundancy: z
          .enum(["local", "zones", "geo", "zonesAndGeo"])
          .optional()
          .describe("Where copies lie; unset means geo in prod, else local"),
        coldAfterDays: days(1, 3650).optional().describe("Days until artifacts and data move to colder storage"),
        deletedRetentionDays: days(1, 365).optional().describe("Days that deleted objects can be had back"),
      })
      .optional()
      .describe("Storage account; unset means the defaults"),
    registry: z
      .strictObject({
        pushCidrs: z.array(cidr).optional().describe("Networks outside that may push and pull, in prod"),
        replicaLocations: z.array(z.string().min(1)).optional().describe("Locations with a copy, in prod"),
      })
      .optional()
      .describe("Container registry; unset means the defaults"),
    logRetentionDays: days(30, 730).optional().describe("Days that logs are kept; unset means 30, 90 in prod"),
  })
  .optional()
  .describe("Azure foundation");

/** The section of Azure. */
export type AzureConfig = NonNullable<z.output<typeof azureConfig>>;
