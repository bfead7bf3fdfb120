import * as privatedns from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, standardTags } from "./place";

/** Services that are reached by private addresses, and the zone that must hold them. Source: "Azure Private Endpoint DNS". */
const ENDPOINT_ZONES = {
  blob: "privatelink.blob.core.windows.net",
  vault: "privatelink.vaultcore.azure.net",
  registry: "privatelink.azurecr.io",
  cache: "privatelink.redis.azure.net",
} as const;

/** Services with a zone in the network. */
export type PrivateService = keyof typeof ENDPOINT_ZONES | "postgres";

/** Ids of the zones, ready once the network resolves them. */
export type PrivateZones = Readonly<Record<PrivateService, pulumi.Output<string>>>;

/**
 * Private DNS zones, linked with the network.
 * @param label begins the name of PostgreSQL's zone, which Azure lets us choose.
 */
export function createPrivateZones(
  parent: pulumi.Resource,
  name: string,
  place: AzurePlace,
  label: string,
  networkId: pulumi.Input<string>,
): PrivateZones {
  const names = { ...ENDPOINT_ZONES, postgres: `${label}.private.postgres.database.azure.com` };
  const ids = Object.entries(names).map(([service, privateZoneName]) => {
    const { resourceGroupName } = place;
    const zone = new privatedns.PrivateZone(
      `${name}-${service}`,
      { privateZoneName, resourceGroupName, location: "global", tags: standardTags(place, name) },
      { parent },
    );
    const link = new privatedns.VirtualNetworkLink(
      `${name}-${service}`,
      {
        virtualNetworkLinkName: "network",
        privateZoneName: zone.name,
        resourceGroupName,
        location: "global",
        registrationEnabled: false,
        virtualNetwork: { id: networkId },
        tags: standardTags(place, name),
      },
      { parent },
    );
    return [service, pulumi.all([zone.id, link.id]).apply(([id]) => id)] as const;
  });
  return Object.fromEntries(ids) as unknown as PrivateZones;
}
