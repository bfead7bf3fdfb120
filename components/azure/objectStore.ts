import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { ObjectStore } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { createDeletionLock } from "./deletionLock";
import { type AzurePlace, protects, standardTags } from "./place";
import { createPrivateEndpoint, type EndpointNetwork } from "./privateEndpoint";

export interface AzureObjectStoreArgs extends AzurePlace {
  readonly network: EndpointNetwork;
  /** The key that encrypts objects, and the identity that uses it; see `AzureSecrets`. */
  readonly encryption: {
    readonly keyName: pulumi.Input<string>;
    readonly vaultUrl: pulumi.Input<string>;
    readonly identityId: pulumi.Input<string>;
  };
  /** Copies: three in one place, one in each zone, or three in the paired location too. @default "geo" in prod, "local" elsewhere */
  readonly redundancy?: "local" | "zones" | "geo" | "zonesAndGeo";
  /** Days after which artifacts and data move to colder storage; models stay where serving reads them. @default 90 */
  readonly coldAfterDays?: number;
  /** Days that deleted objects and old versions can be had back, 1 to 365. @default 30 */
  readonly deletedRetentionDays?: number;
  /** @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

/** Azure's names of the kinds of copies. */
const REDUNDANCY = {
  local: "Standard_LRS",
  zones: "Standard_ZRS",
  geo: "Standard_GRS",
  zonesAndGeo: "Standard_GZRS",
} as const;

/** The containers, and whether their objects cool down with age. */
const CONTAINERS = { models: { cools: false }, artifacts: { cools: true }, data: { cools: true } } as const;
export type AzureContainer = keyof typeof CONTAINERS;

/** A storage account with containers for models, artifacts and data: private, versioned, encrypted with the stack's key. */
export class AzureObjectStore extends pulumi.ComponentResource implements ObjectStore {
  readonly modelsUrl: pulumi.Output<string>;
  readonly artifactsUrl: pulumi.Output<string>;
  readonly dataUrl: pulumi.Output<string>;
  /** Container ids, for grants. */
  readonly containers: Readonly<Record<AzureContainer, pulumi.Output<string>>>;
  readonly accountId: pulumi.Output<string>;

  constructor(name: string, args: AzureObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureObjectStore", name, objectStoreProblems(args));
    super("tideline:azure:ObjectStore", name, {}, opts);
    const { stack, resourceGroupName } = args;
    // Names of accounts are unique in the world.
    const suffix = new random.RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const protection = protects(args, args.deletionProtection);
    const account = new storage.StorageAccount(
      name,
      {
        accountName: suffix.hex.apply((hex) =>
          physicalName({ stack, component: name, suffix: hex }, NAME_LIMITS.azureStorageAccount),
        ),
        ...accountInputs(name, args),
      },
      { parent: this, protect: protection },
    );
    if (protection) createDeletionLock(this, name, account.id);
    const endpoint = createPrivateEndpoint(this, name, args, args.network, { id: account.id, group: "blob" });
    const service = createBlobService(this, name, args, account.name);
    const container = (part: AzureContainer) =>
      new storage.BlobContainer(
        `${name}-${part}`,
        { containerName: part, accountName: account.name, resourceGroupName, publicAccess: "None" },
        // Versions are on before the first object can be written.
        { parent: this, dependsOn: service, protect: protection },
      );
    const made = { models: container("models"), artifacts: container("artifacts"), data: container("data") };
    this.containers = { models: made.models.id, artifacts: made.artifacts.id, data: made.data.id };
    const url = (part: AzureContainer) =>
      pulumi
        .all([made[part].name, account.name, endpoint.id])
        .apply(([blobContainer, accountName]) => `azblob://${blobContainer}?account=${accountName}`);
    this.modelsUrl = url("models");
    this.artifactsUrl = url("artifacts");
    this.dataUrl = url("data");
    this.accountId = account.id;
    this.registerOutputs({ modelsUrl: this.modelsUrl, artifactsUrl: this.artifactsUrl, dataUrl: this.dataUrl });
  }
}

/** All that is wrong with the arguments. */
export function objectStoreProblems(
  args: Omit<AzureObjectStoreArgs, "network" | "encryption">,
): readonly ArgumentProblem[] {
  const { coldAfterDays = 90, deletedRetentionDays = 30 } = args;
  return [
    ...problemIf(
      !Number.isInteger(coldAfterDays) || coldAfterDays < 1,
      "coldAfterDays",
      `is ${coldAfterDays}; allowed are whole days from 1.`,
    ),
    ...problemIf(
      !Number.isInteger(deletedRetentionDays) || deletedRetentionDays < 1 || deletedRetentionDays > 365,
      "deletedRetentionDays",
      `is ${deletedRetentionDays}; allowed are whole days from 1 to 365.`,
    ),
  ];
}

function accountInputs(name: string, args: AzureObjectStoreArgs) {
  const { resourceGroupName, location, environment, encryption } = args;
  const { redundancy = environment === "prod" ? "geo" : "local" } = args;
  return {
    resourceGroupName,
    location,
    kind: "StorageV2",
    sku: { name: REDUNDANCY[redundancy] },
    accessTier: "Hot" as const,
    minimumTlsVersion: "TLS1_2",
    enableHttpsTrafficOnly: true,
    allowBlobPublicAccess: false,
    // No key opens the account, only Entra identities.
    allowSharedKeyAccess: false,
    defaultToOAuthAuthentication: true,
    allowCrossTenantReplication: false,
    isLocalUserEnabled: false,
    publicNetworkAccess: "Disabled",
    networkRuleSet: { defaultAction: "Deny" as const, bypass: "AzureServices", ipRules: [], virtualNetworkRules: [] },
    identity: { type: "UserAssigned", userAssignedIdentities: [encryption.identityId] },
    encryption: {
      keySource: "Microsoft.Keyvault",
      // Without a version: Azure follows the key's rotation within a day.
      keyVaultProperties: { keyName: encryption.keyName, keyVaultUri: encryption.vaultUrl },
      encryptionIdentity: { encryptionUserAssignedIdentity: encryption.identityId },
      requireInfrastructureEncryption: true,
      services: { blob: { enabled: true, keyType: "Account" }, file: { enabled: true, keyType: "Account" } },
    },
    tags: standardTags(args, name),
  };
}

/** Versions, retention of what was deleted, and colder storage with age. */
function createBlobService(
  parent: pulumi.Resource,
  name: string,
  { resourceGroupName, coldAfterDays = 90, deletedRetentionDays: days = 30 }: AzureObjectStoreArgs,
  accountName: pulumi.Output<string>,
): storage.BlobServiceProperties {
  const service = new storage.BlobServiceProperties(
    name,
    {
      blobServicesName: "default",
      accountName,
      resourceGroupName,
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days },
      containerDeleteRetentionPolicy: { enabled: true, days },
    },
    { parent },
  );
  const cooling = Object.entries(CONTAINERS).flatMap(([part, { cools }]) => (cools ? [`${part}/`] : []));
  const blobTypes = ["blockBlob"];
  new storage.ManagementPolicy(
    name,
    {
      managementPolicyName: "default",
      accountName,
      resourceGroupName,
      policy: {
        rules: [
          {
            name: "cool-with-age",
            enabled: true,
            type: "Lifecycle",
            definition: {
              filters: { blobTypes, prefixMatch: cooling },
              actions: { baseBlob: { tierToCold: { daysAfterModificationGreaterThan: coldAfterDays } } },
            },
          },
          {
            name: "drop-old-versions",
            enabled: true,
            type: "Lifecycle",
            definition: {
              filters: { blobTypes },
              actions: { version: { delete: { daysAfterCreationGreaterThan: days } } },
            },
          },
        ],
      },
    },
    { parent, dependsOn: service },
  );
  return service;
}
