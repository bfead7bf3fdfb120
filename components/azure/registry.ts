import * as containerregistry from "@pulumi/azure-native/containerregistry";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Registry } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { parseCidr } from "../subnetLayout";
import { hasZones, pairOf } from "./locations";
import { type AzurePlace, standardTags } from "./place";
import { createPrivateEndpoint, type EndpointNetwork } from "./privateEndpoint";

export interface AzureRegistryArgs extends AzurePlace {
  readonly network: EndpointNetwork;
  /** Networks outside that may push and pull, with an Entra account; in prod alone, as other registries have no firewall. @default none */
  readonly pushCidrs?: readonly string[];
  /** Locations that hold a copy besides the registry's own; in prod alone. @default the paired location */
  readonly replicaLocations?: readonly string[];
}

/** Days that images without a tag are kept. */
const UNTAGGED_DAYS = 30;

/** A registry for container images, without accounts of its own: Premium, private and in two locations in prod. */
export class AzureRegistry extends pulumi.ComponentResource implements Registry {
  readonly url: pulumi.Output<string>;
  readonly registryId: pulumi.Output<string>;

  constructor(name: string, args: AzureRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureRegistry", name, registryProblems(args));
    super("tideline:azure:Registry", name, {}, opts);
    const { stack, resourceGroupName, environment } = args;
    // Names of registries are unique in the world.
    const suffix = new random.RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const registry = new containerregistry.Registry(
      name,
      {
        registryName: suffix.hex.apply((hex) =>
          physicalName({ stack, component: name, suffix: hex }, NAME_LIMITS.azureRegistry),
        ),
        resourceGroupName,
        location: args.location,
        adminUserEnabled: false,
        anonymousPullEnabled: false,
        ...(environment === "prod" ? premium(args) : { sku: { name: "Standard" } }),
        tags: standardTags(args, name),
      },
      { parent: this },
    );
    if (environment === "prod") {
      createPrivateEndpoint(this, name, args, args.network, { id: registry.id, group: "registry" });
      for (const location of replicas(args)) createReplica(this, name, args, registry.name, location);
    }
    this.url = registry.loginServer;
    this.registryId = registry.id;
    this.registerOutputs({ url: this.url });
  }
}

/** All that is wrong with the arguments. */
export function registryProblems(args: Omit<AzureRegistryArgs, "network">): readonly ArgumentProblem[] {
  const { environment, location, pushCidrs = [] } = args;
  const wrong = pushCidrs.findIndex((cidr) => parseCidr(cidr) === undefined);
  const own = (args.replicaLocations ?? []).includes(location);
  return [
    ...problemIf(
      environment !== "prod" && pushCidrs.length > 0,
      "pushCidrs",
      `is [${pushCidrs.join(", ")}] in ${environment}, where the registry has no firewall; remove it.`,
    ),
    ...problemIf(
      wrong >= 0,
      `pushCidrs[${wrong}]`,
      `is "${pushCidrs[wrong]}", which is not an IPv4 network in CIDR notation without host bits; give one such as 203.0.113.0/24.`,
    ),
    ...problemIf(own, "replicaLocations", `has ${location}, where the registry itself is; name other locations.`),
  ];
}

function replicas({ location, replicaLocations }: AzureRegistryArgs): readonly string[] {
  const pair = pairOf(location);
  return replicaLocations ?? (pair === undefined ? [] : [pair]);
}

/** What only the Premium tier has: a firewall, zones, and deletion of what nobody names. */
function premium({ location, pushCidrs = [] }: AzureRegistryArgs) {
  return {
    sku: { name: "Premium" },
    publicNetworkAccess: pushCidrs.length > 0 ? "Enabled" : "Disabled",
    networkRuleSet: {
      defaultAction: "Deny",
      ipRules: pushCidrs.map((cidr) => ({ action: "Allow", iPAddressOrRange: cidr })),
    },
    networkRuleBypassOptions: "AzureServices",
    zoneRedundancy: hasZones(location) ? "Enabled" : "Disabled",
    policies: { retentionPolicy: { status: "enabled", days: UNTAGGED_DAYS } },
  };
}

function createReplica(
  parent: pulumi.Resource,
  name: string,
  args: AzureRegistryArgs,
  registryName: pulumi.Output<string>,
  location: string,
): void {
  new containerregistry.Replication(
    `${name}-${location}`,
    {
      replicationName: location,
      registryName,
      resourceGroupName: args.resourceGroupName,
      location,
      regionEndpointEnabled: true,
      zoneRedundancy: hasZones(location) ? "Enabled" : "Disabled",
      tags: standardTags(args, name),
    },
    { parent },
  );
}
