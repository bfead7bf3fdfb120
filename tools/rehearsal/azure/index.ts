import type { CloudFunction } from "../catalogue";
import type { ResourceType } from "../resourceType";
import { accessTypes } from "./access";
import { cacheTypes, listDatabaseKeys } from "./cache";
import { clusterTypes } from "./cluster";
import { databaseTypes } from "./database";
import { monitoringTypes } from "./monitoring";
import { networkTypes } from "./network";
import { privateLinkTypes } from "./privateLink";
import { registryTypes } from "./registry";
import { storageTypes } from "./storage";
import { vaultTypes } from "./vault";
import { vpnTypes } from "./vpn";

/** Every Azure resource type that the program uses. */
export const azureTypes: readonly ResourceType[] = [
  ...networkTypes,
  ...privateLinkTypes,
  ...accessTypes,
  ...vaultTypes,
  ...clusterTypes,
  ...databaseTypes,
  ...storageTypes,
  ...cacheTypes,
  ...registryTypes,
  ...monitoringTypes,
  ...vpnTypes,
];

/** Every function of the Azure provider that the program invokes. */
export const azureFunctions: Readonly<Record<string, CloudFunction>> = {
  "azure-native:redisenterprise:listDatabaseKeys": listDatabaseKeys,
  "azure-native:containerservice:listManagedClusterUserCredentials": ({ resourceName }) => {
    const authority = Buffer.from(`simulated authority of ${resourceName}`).toString("base64");
    const text = `apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    certificate-authority-data: ${authority}\n`;
    return { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(text).toString("base64") }] };
  },
};
