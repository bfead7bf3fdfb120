import { addressIn } from "../cidr";
import type { ResourceType, Rule } from "../resourceType";
import {
  azureType,
  fixed,
  flag,
  input,
  list,
  NETWORK_NAME,
  nested,
  object,
  others,
  reference,
  refers,
  text,
} from "./azureType";
import { SUBNET, VIRTUAL_NETWORK } from "./network";

export const PRIVATE_ZONE = "azure-native:privatedns:PrivateZone";
export const ZONE_LINK = "azure-native:privatedns:VirtualNetworkLink";
const ENDPOINT = "azure-native:network:PrivateEndpoint";

/** What private endpoints lead to, by the group that each must ask for. */
const TARGETS: Readonly<Record<string, string>> = {
  "azure-native:storage:StorageAccount": "blob",
  "azure-native:keyvault:Vault": "vault",
  "azure-native:containerregistry:Registry": "registry",
  "azure-native:redisenterprise:RedisEnterprise": "redisEnterprise",
};

/** A delegated subnet belongs to its service alone. */
const notDelegated: Rule = (made) => {
  const subnet = made.world.find([SUBNET], nested(made.inputs.subnet, "id"));
  const service = nested(subnet?.inputs.delegations, "0", "serviceName");
  return service === undefined
    ? undefined
    : `PrivateEndpointCannotBeCreatedInSubnetThatHasDelegation: Subnet ${subnet?.id} is delegated to ${service}.`;
};

const groupOfTarget: Rule = (made) => {
  const connections = (made.inputs.privateLinkServiceConnections ?? []) as readonly unknown[];
  for (const connection of connections) {
    const target = made.world.find(Object.keys(TARGETS), nested(connection, "privateLinkServiceId"));
    const group = nested(connection, "groupIds", "0");
    if (target && TARGETS[target.token] !== group) {
      return `PrivateLinkServiceGroupIdNotFound: Group '${group}' does not exist for ${target.id}; it has '${TARGETS[target.token]}'.`;
    }
    const sku = nested(target?.inputs.sku, "name");
    if (target?.token.endsWith(":Registry") && sku !== "Premium") {
      return `PrivateEndpointNotSupported: Registry ${target.id} is of sku ${sku}; private endpoints need Premium.`;
    }
  }
  return undefined;
};

/** One link of a network to zones of the same name; two would answer differently. */
const oneLink: Rule = (made, current) => {
  const network = nested(made.inputs.virtualNetwork, "id");
  const twin = others(made, current, ZONE_LINK).find(
    ({ inputs }) =>
      inputs.privateZoneName === made.inputs.privateZoneName && nested(inputs.virtualNetwork, "id") === network,
  );
  return (
    twin &&
    `Conflict: A virtual network cannot be linked to multiple zones with overlapping namespaces: ${network} is linked with ${input(made, "privateZoneName")} already.`
  );
};

/** Private names and private endpoints. Sources: Azure REST API, Microsoft.Network 2024, privateDnsZones 2024. */
export const privateLinkTypes: readonly ResourceType[] = [
  azureType({
    token: PRIVATE_ZONE,
    kind: "Microsoft.Network/privateDnsZones",
    name: "privateZoneName",
    inputs: { privateZoneName: text({ pattern: /[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+/ }) },
    quota: { most: 1000, code: "TooManyRecordSets: Private DNS zones" },
    outputs: () => ({ numberOfRecordSets: 1 }),
  }),
  azureType({
    token: ZONE_LINK,
    kind: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    name: "virtualNetworkLinkName",
    parent: { input: "privateZoneName", type: PRIVATE_ZONE },
    inputs: {
      virtualNetworkLinkName: text({ pattern: NETWORK_NAME }),
      virtualNetwork: fixed(reference(VIRTUAL_NETWORK, { required: true })),
      registrationEnabled: flag(),
    },
    rules: [oneLink],
    outputs: () => ({ virtualNetworkLinkState: "Completed" }),
  }),
  azureType({
    token: ENDPOINT,
    kind: "Microsoft.Network/privateEndpoints",
    name: "privateEndpointName",
    inputs: {
      privateEndpointName: text({ pattern: NETWORK_NAME, maxLength: 64 }),
      subnet: fixed(
        object(
          {
            id: refers(SUBNET, [], { required: true }),
            // The SDK sends its own defaults of what a subnet is.
            privateEndpointNetworkPolicies: text(),
            privateLinkServiceNetworkPolicies: text(),
          },
          { required: true },
        ),
      ),
      privateLinkServiceConnections: fixed(
        list(
          object({
            name: text({ required: true }),
            privateLinkServiceId: refers(Object.keys(TARGETS), [], { required: true }),
            groupIds: list(text(), { min: 1, max: 1 }),
          }),
          { required: true, min: 1 },
        ),
      ),
    },
    rules: [notDelegated, groupOfTarget],
    outputs: (made) => {
      const subnet = made.world.find([SUBNET], nested(made.inputs.subnet, "id"));
      const cidr = String(subnet?.inputs.addressPrefix ?? "10.0.0.0/24");
      return { customDnsConfigs: [{ ipAddresses: [addressIn(cidr, 4 + (made.sequence % 8))] }] };
    },
  }),
  azureType({
    token: "azure-native:network:PrivateDnsZoneGroup",
    kind: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    name: "privateDnsZoneGroupName",
    parent: { input: "privateEndpointName", type: ENDPOINT },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      privateDnsZoneGroupName: text(),
      privateDnsZoneConfigs: list(
        object({ name: text({ required: true }), privateDnsZoneId: refers(PRIVATE_ZONE, [], { required: true }) }),
        { min: 1, max: 5 },
      ),
    },
  }),
];
