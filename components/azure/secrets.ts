import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Secrets } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { createDeletionLock } from "./deletionLock";
import { createManagedIdentity } from "./managedIdentity";
import { type AzurePlace, protects, standardTags } from "./place";
import { createPrivateEndpoint, type EndpointNetwork } from "./privateEndpoint";
import { grantRole } from "./roles";

export interface AzureSecretsArgs extends AzurePlace {
  readonly network: EndpointNetwork;
  /** Directory whose accounts the vault knows; plain, so that policies read the vault's settings while planning. */
  readonly tenantId: string;
  /** Days between rotations of keys that are used by their latest version, 28 to 365. @default 90 */
  readonly rotationDays?: number;
  /** Where keys live; HSM costs about a dollar more a key and month. @default "SOFTWARE" */
  readonly protectionLevel?: "SOFTWARE" | "HSM";
  /** @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

/** What has a key of its own, and whether the key rotates by itself. */
const KEYS = {
  // AKS names one version, and the caller must have it encrypt everything anew before the old one may go.
  cluster: { rotates: false },
  objects: { rotates: true },
  vault: { rotates: true },
} as const;
export type KeyUse = keyof typeof KEYS;

/** A key: its name in the vault, and its URL with and without version. */
export interface VaultKey {
  readonly name: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  readonly versionedUrl: pulumi.Output<string>;
}

/** A Key Vault without a public address, governed by Azure's roles, with a key for each use. */
export class AzureSecrets extends pulumi.ComponentResource implements Secrets {
  /** URL of the key that Vault unseals with. */
  readonly keyId: pulumi.Output<string>;
  readonly keys: Readonly<Record<KeyUse, VaultKey>>;
  readonly vaultId: pulumi.Output<string>;
  readonly vaultName: pulumi.Output<string>;
  readonly vaultUrl: pulumi.Output<string>;
  /** Id of the identity that Azure's own services encrypt as; ready once it may. */
  readonly encryptionIdentityId: pulumi.Output<string>;

  constructor(name: string, args: AzureSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureSecrets", name, secretsProblems(args));
    super("tideline:azure:Secrets", name, {}, opts);
    const identity = createManagedIdentity(this, `${name}-encryption`, args);
    // Names are unique in the world, and one stays taken for as long as its deleted vault can be had back.
    const suffix = new random.RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const protection = protects(args, args.deletionProtection);
    const vault = new keyvault.Vault(
      name,
      {
        vaultName: suffix.hex.apply((hex) =>
          physicalName({ stack: args.stack, component: name, suffix: hex }, NAME_LIMITS.azureVault),
        ),
        resourceGroupName: args.resourceGroupName,
        location: args.location,
        properties: vaultProperties(args),
        tags: standardTags(args, name),
      },
      { parent: this, protect: protection },
    );
    if (protection) createDeletionLock(this, name, vault.id);
    const endpoint = createPrivateEndpoint(this, name, args, args.network, { id: vault.id, group: "vault" });
    const grant = grantRole(this, `${name}-encryption`, {
      scope: vault.id,
      principalId: identity.principalId,
      role: "keyVaultCryptoServiceEncryptionUser",
    });
    const key = (use: KeyUse) => createKey(this, name, use, vault, args);
    this.keys = { cluster: key("cluster"), objects: key("objects"), vault: key("vault") };
    this.keyId = this.keys.vault.url;
    this.vaultId = pulumi.all([vault.id, endpoint.id]).apply(([id]) => id);
    this.vaultName = vault.name;
    this.vaultUrl = pulumi.interpolate`https://${vault.name}.vault.azure.net/`;
    this.encryptionIdentityId = pulumi.all([identity.id, grant.id]).apply(([id]) => id);
    this.registerOutputs({ keyId: this.keyId, vaultName: this.vaultName });
  }
}

/** All that is wrong with the arguments. */
export function secretsProblems({ rotationDays = 90 }: AzureSecretsArgs): readonly ArgumentProblem[] {
  const wrong = !Number.isInteger(rotationDays) || rotationDays < 28 || rotationDays > 365;
  return problemIf(wrong, "rotationDays", `is ${rotationDays}; allowed are whole days from 28 to 365.`);
}

function vaultProperties({ environment, protectionLevel, tenantId }: AzureSecretsArgs) {
  return {
    tenantId,
    sku: { family: "A", name: protectionLevel === "HSM" ? ("premium" as const) : ("standard" as const) },
    enableRbacAuthorization: true,
    enableSoftDelete: true,
    // Storage accepts no key whose vault could be purged, and without key there is no data.
    enablePurgeProtection: true,
    softDeleteRetentionInDays: environment === "prod" ? 90 : 7,
    publicNetworkAccess: "Disabled",
    // Azure's own services, such as storage, come through with their identity's role.
    networkAcls: { defaultAction: "Deny", bypass: "AzureServices", ipRules: [], virtualNetworkRules: [] },
  };
}

function createKey(
  parent: pulumi.Resource,
  name: string,
  use: KeyUse,
  vault: keyvault.Vault,
  args: AzureSecretsArgs,
): VaultKey {
  const { resourceGroupName, protectionLevel, rotationDays = 90 } = args;
  const rotation = { action: { type: "rotate" as const }, trigger: { timeAfterCreate: `P${rotationDays}D` } };
  const key = new keyvault.Key(
    `${name}-${use}`,
    {
      keyName: use,
      vaultName: vault.name,
      resourceGroupName,
      properties: {
        kty: protectionLevel === "HSM" ? "RSA-HSM" : "RSA",
        keySize: 3072,
        keyOps: ["encrypt", "decrypt", "wrapKey", "unwrapKey"],
        attributes: { enabled: true, exportable: false },
        ...(KEYS[use].rotates ? { rotationPolicy: { lifetimeActions: [rotation] } } : {}),
      },
      tags: standardTags(args, name),
    },
    // Only somebody inside the network could delete it before its vault goes, which takes it along.
    { parent, retainOnDelete: true },
  );
  return { name: key.name, url: key.keyUri, versionedUrl: key.keyUriWithVersion };
}
