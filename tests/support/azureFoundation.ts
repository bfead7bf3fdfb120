import { AzureFoundation, type AzureFoundationArgs } from "../../components/azure/foundation";

/** All of Azure as a prod stack has it, with a GPU pool, people to tell and a budget. */
export const prodArgs: AzureFoundationArgs = {
  stack: "prod",
  environment: "prod",
  location: "westeurope",
  tenantId: "11111111-2222-4333-8444-555555555555",
  network: { cidr: "10.3.0.0/16", zones: 3, nat: "onePerZone" },
  cluster: {
    version: "1.34",
    nodePools: {
      general: { machineTypes: ["Standard_D8s_v5"], min: 2, max: 15 },
      gpu: { machineTypes: ["Standard_NC8as_T4_v3"], min: 0, max: 4, gpu: { type: "nvidia-tesla-t4" } },
    },
  },
  database: { machineType: "GP_Standard_D4s_v3", storageGb: 512, backupRetentionDays: 30 },
  alarms: { contacts: { emails: ["ml@example.com"] }, budget: { monthly: 1000, startsOn: "2026-12-01" } },
};
/** A program that builds it, with some arguments changed. */
export const build =
  (changes: Partial<AzureFoundationArgs> = {}) =>
  () =>
    new AzureFoundation("azure", { ...prodArgs, ...changes });
