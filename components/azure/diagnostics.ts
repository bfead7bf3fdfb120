import * as monitor from "@pulumi/azure-native/monitor";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import type * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS } from "../naming";
import { type AzurePlace, azureName, standardTags } from "./place";

/**
 * Logs that are kept, by part. Of the API server's audit log, the reads are left out: they are nine tenths of it.
 * Source: Azure Monitor, "Supported resource logs".
 */
const CATEGORIES = {
  cluster: [
    "kube-apiserver",
    "kube-audit-admin",
    "kube-controller-manager",
    "kube-scheduler",
    "cluster-autoscaler",
    "guard",
  ],
  database: ["PostgreSQLLogs"],
  vault: ["AuditEvent"],
} as const;

/** Parts of a stack whose logs are kept. */
export type LoggedPart = keyof typeof CATEGORIES;

/** A workspace that accepts no keys, for the logs of Azure's own services. */
export function createWorkspace(
  parent: pulumi.Resource,
  name: string,
  args: AzurePlace & { readonly logRetentionDays?: number },
): operationalinsights.Workspace {
  const { resourceGroupName, location, environment, logRetentionDays = environment === "prod" ? 90 : 30 } = args;
  return new operationalinsights.Workspace(
    name,
    {
      workspaceName: azureName(args, name, NAME_LIMITS.azureWorkspace),
      resourceGroupName,
      location,
      sku: { name: "PerGB2018" },
      retentionInDays: logRetentionDays,
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
      tags: standardTags(args, name),
    },
    { parent },
  );
}

/** Sends a resource's logs to the workspace. */
export function createDiagnostics(
  parent: pulumi.Resource,
  name: string,
  part: LoggedPart,
  resourceUri: pulumi.Input<string>,
  workspaceId: pulumi.Input<string>,
): void {
  new monitor.DiagnosticSetting(
    `${name}-${part}`,
    {
      name: "tideline",
      resourceUri,
      workspaceId,
      logAnalyticsDestinationType: "Dedicated",
      logs: CATEGORIES[part].map((category) => ({ category, enabled: true })),
    },
    { parent },
  );
}
