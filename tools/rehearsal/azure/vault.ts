import { createHash } from "node:crypto";
import type { ResourceType, Rule } from "../resourceType";
import { azureType, flag, input, list, nested, number, object, oneOf, settled, text, UUID } from "./azureType";

export const VAULT = "azure-native:keyvault:Vault";
export const KEY = "azure-native:keyvault:Key";

/** A vault's name and its DNS name are one. */
const VAULT_NAME = /[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]/;

const onceProtected: Rule = ({ inputs }, current) =>
  nested(current?.inputs.properties, "enablePurgeProtection") === true &&
  nested(inputs.properties, "enablePurgeProtection") !== true
    ? "BadRequest: The property 'enablePurgeProtection' cannot be set to false. Enabling the purge protection for a vault is an irreversible action."
    : undefined;

const hardwareNeedsPremium: Rule = (made) => {
  const vault = made.world.find([VAULT], made.inputs.vaultName);
  const sku = nested(vault?.inputs.properties, "sku", "name");
  return String(nested(made.inputs.properties, "kty")).endsWith("-HSM") && sku !== "premium"
    ? `BadRequest: Key type ${nested(made.inputs.properties, "kty")} needs a vault of sku premium; ${input(made, "vaultName")} is ${sku}.`
    : undefined;
};

/** First version of a key or secret: the same in every rehearsal. */
function versionOf(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 32);
}

const duration = text({ pattern: /P(\d+[DMY])+/ });
const KEY_SETTLED = ["properties.kty", "properties.keySize"];

/** Vaults, keys and secrets. Sources: Azure REST API, Microsoft.KeyVault 2024. */
export const vaultTypes: readonly ResourceType[] = [
  azureType({
    token: VAULT,
    kind: "Microsoft.KeyVault/vaults",
    name: "vaultName",
    inputs: {
      vaultName: text({ pattern: VAULT_NAME }),
      properties: object(
        {
          tenantId: text({ required: true, pattern: UUID }),
          sku: object(
            {
              family: text({ required: true, values: ["A"] }),
              name: text({ required: true, values: ["standard", "premium"] }),
            },
            { required: true },
          ),
          enabledForDeployment: flag(),
          enabledForDiskEncryption: flag(),
          enabledForTemplateDeployment: flag(),
          enableRbacAuthorization: flag(),
          enableSoftDelete: flag(),
          enablePurgeProtection: flag(),
          softDeleteRetentionInDays: number({ min: 7, max: 90 }),
          publicNetworkAccess: oneOf("Enabled", "Disabled"),
          networkAcls: object({
            defaultAction: oneOf("Allow", "Deny"),
            bypass: oneOf("AzureServices", "None"),
            ipRules: list(object({ value: text({ required: true }) })),
            virtualNetworkRules: list(object({ id: text({ required: true }) })),
          }),
        },
        { required: true },
      ),
    },
    rules: [
      onceProtected,
      settled(
        ["properties.softDeleteRetentionInDays"],
        (path) => `BadRequest: The property '${path.split(".")[1]}' has been set already and it can't be modified.`,
      ),
    ],
    unique: { property: "vaultName", within: "world" },
    outputs: (made) => ({
      properties: {
        ...(made.inputs.properties as Record<string, unknown>),
        vaultUri: `https://${input(made, "vaultName")}.vault.azure.net/`,
        provisioningState: "Succeeded",
      },
    }),
  }),
  azureType({
    token: KEY,
    kind: "Microsoft.KeyVault/vaults/keys",
    name: "keyName",
    parent: { input: "vaultName", type: VAULT },
    goesWith: "vaultName",
    withoutLocation: true,
    inputs: {
      keyName: text({ pattern: /[A-Za-z0-9-]{1,127}/ }),
      properties: object(
        {
          kty: oneOf("RSA", "RSA-HSM", "EC", "EC-HSM"),
          keySize: number({ min: 2048, max: 4096 }),
          keyOps: list(oneOf("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey", "import", "release")),
          attributes: object({ enabled: flag(), exportable: flag(), expires: number(), notBefore: number() }),
          rotationPolicy: object({
            attributes: object({ expiryTime: duration }),
            lifetimeActions: list(
              object({
                action: object({ type: oneOf("rotate", "notify") }),
                trigger: object({ timeAfterCreate: duration, timeBeforeExpiry: duration }),
              }),
            ),
          }),
        },
        { required: true },
      ),
    },
    rules: [
      hardwareNeedsPremium,
      settled(
        KEY_SETTLED,
        (path) => `BadRequest: The property '${path.split(".")[1]}' of an existing key cannot be changed.`,
      ),
    ],
    outputs: (made, id) => {
      const keyUri = `https://${input(made, "vaultName")}.vault.azure.net/keys/${input(made, "keyName")}`;
      return { keyUri, keyUriWithVersion: `${keyUri}/${versionOf(id)}` };
    },
  }),
  azureType({
    token: "azure-native:keyvault:Secret",
    kind: "Microsoft.KeyVault/vaults/secrets",
    name: "secretName",
    parent: { input: "vaultName", type: VAULT },
    goesWith: "vaultName",
    withoutLocation: true,
    inputs: {
      secretName: text({ pattern: /[A-Za-z0-9-]{1,127}/ }),
      properties: object(
        { value: text({ maxLength: 25_000 }), contentType: text(), attributes: object({ enabled: flag() }) },
        { required: true },
      ),
    },
    outputs: (made, id) => {
      const secretUri = `https://${input(made, "vaultName")}.vault.azure.net/secrets/${input(made, "secretName")}`;
      const version = `${secretUri}/${versionOf(id)}`;
      return { properties: { contentType: "text/plain", secretUri, secretUriWithVersion: version } };
    },
  }),
];
