import type { ResourceType, Rule } from "../resourceType";
import { IDENTITY, ROLE_ASSIGNMENT } from "./access";
import { userIdentities } from "./agentPoolRules";
import { azureType, flag, input, list, map, nested, number, object, oneOf, refers, settled, text } from "./azureType";
import { KEY, VAULT } from "./vault";

const ACCOUNT = "azure-native:storage:StorageAccount";

/** Key Vault Crypto Service Encryption User, or Crypto User, or Crypto Officer. */
const MAY_ENCRYPT = [
  "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  "12338af0-0e69-4776-bea7-57ae8d297424",
  "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
];

/** Own keys need a vault that cannot be purged, and an identity that may use it. */
const ownKey: Rule = (made) => {
  const encryption = made.inputs.encryption;
  if (nested(encryption, "keySource") !== "Microsoft.Keyvault") return undefined;
  const uri = nested(encryption, "keyVaultProperties", "keyVaultUri");
  const vault = made.world.resources.find(
    ({ token, outputs }) => token === VAULT && nested(outputs.properties, "vaultUri") === uri,
  );
  if (!vault) return `KeyVaultVaultNotFound: The key vault ${uri} was not found.`;
  if (nested(vault.inputs.properties, "enablePurgeProtection") !== true) {
    return `KeyVaultPolicyNotRecoverable: Key vault ${vault.outputs.name} must have soft delete and purge protection.`;
  }
  const identity = made.world.find(
    [IDENTITY],
    nested(encryption, "encryptionIdentity", "encryptionUserAssignedIdentity"),
  );
  const may = made.world.resources.some(
    ({ token, inputs }) =>
      token === ROLE_ASSIGNMENT &&
      inputs.scope === vault.id &&
      inputs.principalId === identity?.outputs.principalId &&
      MAY_ENCRYPT.some((role) => String(inputs.roleDefinitionId).endsWith(role)),
  );
  return may
    ? undefined
    : `KeyVaultAuthenticationFailure: The identity ${identity?.id} may not wrap and unwrap keys of ${vault.outputs.name}.`;
};

/** Replication can be changed among like kinds; zones need a migration by Azure's support. */
const zonesStay: Rule = ({ inputs }, current) => {
  const [before, after] = [current?.inputs, inputs].map((values) => String(nested(values?.sku, "name") ?? ""));
  const zonal = (sku: string) => /ZRS$/.test(sku);
  return current && zonal(before ?? "") !== zonal(after ?? "")
    ? `StorageAccountSkuConversionNotAllowed: Changing the account's replication from ${before} to ${after} needs a conversion.`
    : undefined;
};

/** A policy names each of its rules once. */
const lifecycle: Rule = ({ inputs }) => {
  const rules = (nested(inputs.policy, "rules") ?? []) as readonly unknown[];
  const names = rules.map((rule) => String(nested(rule, "name")));
  const twin = names.find((name, index) => names.indexOf(name) < index);
  return twin && `ManagementPolicyDuplicateRuleName: Two rules are named ${twin}.`;
};

const days = number({ min: 0 });
const retention = object({ enabled: flag(), days: number({ min: 1, max: 365 }), allowPermanentDelete: flag() });

/** Storage accounts and blobs. Sources: Azure REST API, Microsoft.Storage 2024. */
export const storageTypes: readonly ResourceType[] = [
  azureType({
    token: ACCOUNT,
    kind: "Microsoft.Storage/storageAccounts",
    name: "accountName",
    inputs: {
      accountName: text({ pattern: /[a-z0-9]{3,24}/ }),
      kind: text({ required: true, replaces: true, values: ["StorageV2", "BlockBlobStorage", "FileStorage"] }),
      sku: object(
        {
          name: text({
            required: true,
            values: ["Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_GZRS", "Standard_RAGRS", "Premium_LRS"],
          }),
        },
        { required: true },
      ),
      accessTier: oneOf("Hot", "Cool", "Cold"),
      minimumTlsVersion: oneOf("TLS1_2", "TLS1_3"),
      enableHttpsTrafficOnly: flag(),
      allowBlobPublicAccess: flag(),
      allowSharedKeyAccess: flag(),
      defaultToOAuthAuthentication: flag(),
      allowCrossTenantReplication: flag(),
      isLocalUserEnabled: flag(),
      publicNetworkAccess: oneOf("Enabled", "Disabled"),
      networkRuleSet: object({
        defaultAction: text({ required: true, values: ["Allow", "Deny"] }),
        bypass: text(),
        ipRules: list(object({ iPAddressOrRange: text({ required: true }) })),
        virtualNetworkRules: list(object({ virtualNetworkResourceId: text({ required: true }) })),
      }),
      identity: userIdentities(IDENTITY),
      encryption: object({
        keySource: oneOf("Microsoft.Storage", "Microsoft.Keyvault"),
        keyVaultProperties: object({ keyName: refers(KEY, ["name"]), keyVaultUri: text(), keyVersion: text() }),
        encryptionIdentity: object({ encryptionUserAssignedIdentity: refers(IDENTITY) }),
        requireInfrastructureEncryption: flag(),
        services: map(object({ enabled: flag(), keyType: oneOf("Account", "Service") })),
      }),
    },
    rules: [
      ownKey,
      zonesStay,
      settled(
        ["encryption.requireInfrastructureEncryption"],
        () => "InfrastructureEncryptionCannotBeChanged: It is settled when the account is made.",
      ),
    ],
    unique: { property: "accountName", within: "world" },
    quota: { most: 250, per: "location", code: "SubscriptionStorageAccountsLimitReached: Storage accounts" },
    outputs: (made) => ({
      primaryEndpoints: { blob: `https://${input(made, "accountName")}.blob.core.windows.net/` },
      primaryLocation: input(made, "location"),
    }),
  }),
  azureType({
    token: "azure-native:storage:BlobServiceProperties",
    kind: "Microsoft.Storage/storageAccounts/blobServices",
    name: "blobServicesName",
    parent: { input: "accountName", type: ACCOUNT },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      blobServicesName: oneOf("default"),
      isVersioningEnabled: flag(),
      deleteRetentionPolicy: retention,
      containerDeleteRetentionPolicy: retention,
    },
  }),
  azureType({
    token: "azure-native:storage:BlobContainer",
    kind: "Microsoft.Storage/storageAccounts/blobServices=default/containers",
    name: "containerName",
    parent: { input: "accountName", type: ACCOUNT },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      containerName: text({ pattern: /(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]/ }),
      publicAccess: oneOf("None", "Blob", "Container"),
    },
    rules: [
      (made) => {
        const account = made.world.find([ACCOUNT], made.inputs.accountName);
        return made.inputs.publicAccess !== "None" && account?.inputs.allowBlobPublicAccess !== true
          ? "PublicAccessNotPermitted: Public access is not permitted on this storage account."
          : undefined;
      },
    ],
  }),
  azureType({
    token: "azure-native:storage:ManagementPolicy",
    kind: "Microsoft.Storage/storageAccounts/managementPolicies",
    name: "managementPolicyName",
    parent: { input: "accountName", type: ACCOUNT },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      managementPolicyName: oneOf("default"),
      policy: object(
        {
          rules: list(
            object({
              name: text({ required: true, pattern: /[A-Za-z0-9-]{1,256}/ }),
              enabled: flag(),
              type: text({ required: true, values: ["Lifecycle"] }),
              definition: object(
                {
                  filters: object({
                    blobTypes: list(oneOf("blockBlob", "appendBlob"), { required: true, min: 1 }),
                    prefixMatch: list(text(), { max: 10 }),
                  }),
                  actions: object(
                    {
                      baseBlob: object({ tierToCold: object({ daysAfterModificationGreaterThan: days }) }),
                      version: object({ delete: object({ daysAfterCreationGreaterThan: days }) }),
                    },
                    { required: true },
                  ),
                },
                { required: true },
              ),
            }),
            { required: true, min: 1, max: 100 },
          ),
        },
        { required: true },
      ),
    },
    rules: [lifecycle],
  }),
];
