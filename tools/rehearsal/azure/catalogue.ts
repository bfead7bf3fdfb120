import { version } from "@pulumi/azure-native/package.json";
import { byToken, type Catalogue } from "../catalogue";
import type { Live } from "../resourceType";
import { azureFunctions, azureTypes } from ".";

/** The subscription that a rehearsal works in when the provider's configuration names none. */
const SUBSCRIPTION = "00000000-0000-4000-8000-00000000aaaa";

/** The simulated Azure. */
export const azureCatalogue: Catalogue = {
  package: "azure-native",
  version,
  typeOf: byToken(azureTypes),
  functions: azureFunctions,
  locate: ({ subscriptionId, location }) => ({
    account: typeof subscriptionId === "string" ? subscriptionId : SUBSCRIPTION,
    region: typeof location === "string" ? location : "global",
  }),
  refusals: {
    inUse: (target, by) => `${inUseCode(target)}: ${target.id} is in use by ${by.id} and cannot be deleted.`,
    exists: (token, value) => `${takenCode(token)}: The name or resource '${value}' is already taken.`,
    missing: (path, value) => `ResourceNotFound: ${path}: The resource '${value}' was not found.`,
    protectedFromDeletion: (target, property) =>
      `ScopeLocked: ${target.id} cannot be deleted while ${property} is on; turn it off first.`,
  },
};

/** How each service says that something is still used. */
function inUseCode({ token }: Live): string {
  const codes: Readonly<Record<string, string>> = {
    "azure-native:network:Subnet": "InUseSubnetCannotBeDeleted",
    "azure-native:network:NetworkSecurityGroup": "InUseNetworkSecurityGroupCannotBeDeleted",
    "azure-native:network:PublicIPAddress": "PublicIPAddressCannotBeDeleted",
    "azure-native:network:NatGateway": "InUseNatGatewayCannotBeDeleted",
    "azure-native:network:VirtualNetwork": "InUseVirtualNetworkCannotBeDeleted",
    "azure-native:resources:ResourceGroup": "ResourceGroupDeletionBlocked",
    "azure-native:privatedns:PrivateZone": "CannotDeleteResource",
  };
  return codes[token] ?? "ResourceInUse";
}

/** How each service says that a name is taken, in the world or in the subscription. */
function takenCode(token: string): string {
  const codes: Readonly<Record<string, string>> = {
    "azure-native:storage:StorageAccount": "StorageAccountAlreadyTaken",
    "azure-native:keyvault:Vault": "VaultAlreadyExists",
    "azure-native:containerregistry:Registry": "AlreadyInUse",
    "azure-native:dbforpostgresql:Server": "ServerNameAlreadyExists",
    "azure-native:redisenterprise:RedisEnterprise": "NameNotAvailable",
  };
  return codes[token] ?? "ResourceExists";
}
