import * as network from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS } from "../naming";
import { type AzurePlace, azureName, standardTags } from "./place";
import type { PrivateZones } from "./privateZones";

/** What a service needs of the network to be reached privately; `AzureNetwork` has it. */
export interface EndpointNetwork {
  readonly endpointSubnetId: pulumi.Input<string>;
  readonly privateZones: PrivateZones;
}

/** The service behind a private endpoint. */
export interface EndpointTarget {
  readonly id: pulumi.Input<string>;
  /** Which of the target's services. Source: Azure, "Private-link resource". */
  readonly group: "blob" | "vault" | "registry" | "redisEnterprise";
}

const ZONE_OF = { blob: "blob", vault: "vault", registry: "registry", redisEnterprise: "cache" } as const;

/** An address in the network for a service of Azure's, and its name in the private zone; waits for both. */
export function createPrivateEndpoint(
  parent: pulumi.Resource,
  name: string,
  place: AzurePlace,
  { endpointSubnetId, privateZones }: EndpointNetwork,
  { id, group }: EndpointTarget,
): network.PrivateDnsZoneGroup {
  const { resourceGroupName, location } = place;
  const endpoint = new network.PrivateEndpoint(
    `${name}-endpoint`,
    {
      privateEndpointName: azureName(place, name, NAME_LIMITS.azureNetwork),
      resourceGroupName,
      location,
      subnet: { id: endpointSubnetId },
      privateLinkServiceConnections: [{ name: group, privateLinkServiceId: id, groupIds: [group] }],
      tags: standardTags(place, name),
    },
    { parent },
  );
  return new network.PrivateDnsZoneGroup(
    `${name}-endpoint`,
    {
      privateDnsZoneGroupName: "default",
      privateEndpointName: endpoint.name,
      resourceGroupName,
      privateDnsZoneConfigs: [{ name: group, privateDnsZoneId: privateZones[ZONE_OF[group]] }],
    },
    { parent },
  );
}
