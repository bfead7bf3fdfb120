import * as compute from "@pulumi/gcp/compute";
import * as servicenetworking from "@pulumi/gcp/servicenetworking";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Network } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { createFirewall } from "./firewall";
import { type NetworkRanges, networkRanges, networkRangesProblem } from "./networkRanges";
import { type GcpPlace, standardLabels } from "./place";
import { regionProblem, zonesOf } from "./zones";

export interface GcpNetworkArgs extends GcpPlace {
  /** IPv4 range, /8 to /20; half goes to pods. */
  readonly cidr: string;
  /** Zones for nodes, 1 to 3; subnets span the region whatever their number. @default 3 */
  readonly zones?: number;
  /** Cloud NAT spans the region; "onePerZone" gives it an address for each zone, for more connections. @default "single" */
  readonly nat?: "none" | "single" | "onePerZone";
  /** Share of flows that are logged, 0 to 1. @default 0.5 in prod, 0.1 elsewhere */
  readonly flowLogShare?: number;
}

/** Secondary ranges' names, which GKE refers to. */
const PODS = "pods";
const SERVICES = "services";

/** A VPC whose pods have addresses of their own, with Cloud NAT, flow logs and a range lent to Google's databases. */
export class GcpNetwork extends pulumi.ComponentResource implements Network {
  readonly networkId: pulumi.Output<string>;
  readonly cidr: string;
  /** The proxy-only subnet, where regional load balancers have their proxies. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** The range lent to Google's databases, ready once the peering stands. */
  readonly databaseSubnetIds: pulumi.Output<string[]>;
  readonly natAddresses: pulumi.Output<string[]>;
  /** Name of the lent range, for Cloud SQL and Memorystore; ready once the peering stands. */
  readonly privateServicesRange: pulumi.Output<string>;
  /** Names of the secondary ranges. */
  readonly podsRange: pulumi.Output<string>;
  readonly servicesRange: pulumi.Output<string>;
  /** Every range, known while planning. */
  readonly ranges: NetworkRanges;
  /** Zones for nodes, known while planning. */
  readonly zones: readonly string[];
  /** Tag of machines that the firewall lets in. */
  readonly nodeTag: string;

  constructor(name: string, args: GcpNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpNetwork", name, networkProblems(args));
    super("tideline:gcp:Network", name, {}, opts);
    const { cidr, zones = 3, project, region } = args;
    const named = (part?: string) =>
      physicalName({ stack: args.stack, component: name, ...(part ? { part } : {}) }, NAME_LIMITS.gcpCompute);
    this.cidr = cidr;
    this.ranges = networkRanges(cidr);
    this.zones = zonesOf(region, zones);
    this.nodeTag = named("node");
    const network = new compute.Network(
      name,
      {
        name: named(),
        description: `Private network of stack ${args.stack}`,
        project,
        autoCreateSubnetworks: false,
        routingMode: "REGIONAL",
        // Room for Cloud NAT and VPN without fragments; every image of GKE takes it.
        mtu: 1460,
      },
      { parent: this },
    );
    const site: Site = { parent: this, name, named, args, network, ranges: this.ranges };
    const nodes = nodeSubnet(site);
    const proxies = new compute.Subnetwork(
      `${name}-proxies`,
      {
        name: named("proxies"),
        project,
        region,
        network: network.id,
        ipCidrRange: this.ranges.proxies,
        purpose: "REGIONAL_MANAGED_PROXY",
        role: "ACTIVE",
      },
      { parent: this },
    );
    createFirewall(this, name, { network: network.id, project, ranges: this.ranges, nodeTag: this.nodeTag, named });
    const lent = lentRange(site);
    this.networkId = network.selfLink;
    this.publicSubnetIds = pulumi.output([proxies.id]);
    this.privateSubnetIds = pulumi.output([nodes.id]);
    this.databaseSubnetIds = pulumi.output([lent.id]);
    this.privateServicesRange = lent.name;
    this.podsRange = nodes.name.apply(() => PODS);
    this.servicesRange = nodes.name.apply(() => SERVICES);
    this.natAddresses = createNat(site, nodes);
    this.registerOutputs({
      networkId: this.networkId,
      cidr,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      databaseSubnetIds: this.databaseSubnetIds,
      natAddresses: this.natAddresses,
    });
  }
}

/** Addresses that Cloud NAT has. */
export function natAddressCount(nat: "none" | "single" | "onePerZone", zones: number): number {
  return nat === "none" ? 0 : nat === "single" ? 1 : zones;
}

/** All that is wrong with the arguments. */
export function networkProblems(args: GcpNetworkArgs): readonly ArgumentProblem[] {
  const { cidr, region, zones = 3, flowLogShare = 0.5 } = args;
  const wrongRegion = regionProblem(region);
  const wrongRange = networkRangesProblem(cidr);
  return [
    ...problemIf(wrongRegion !== undefined, "region", wrongRegion ?? ""),
    ...problemIf(wrongRange !== undefined, "cidr", wrongRange ?? ""),
    ...problemIf(![1, 2, 3].includes(zones), "zones", `is ${zones}; allowed are 1 to 3.`),
    ...problemIf(!(flowLogShare >= 0 && flowLogShare <= 1), "flowLogShare", `is ${flowLogShare}; allowed are 0 to 1.`),
  ];
}

/** What every part of the network is made from. */
interface Site {
  readonly parent: pulumi.Resource;
  readonly name: string;
  readonly named: (part?: string) => string;
  readonly args: GcpNetworkArgs;
  readonly network: compute.Network;
  readonly ranges: NetworkRanges;
}

function nodeSubnet({ parent, name, named, args, network, ranges }: Site): compute.Subnetwork {
  const { project, region, environment } = args;
  return new compute.Subnetwork(
    `${name}-nodes`,
    {
      name: named("nodes"),
      project,
      region,
      network: network.id,
      ipCidrRange: ranges.nodes,
      secondaryIpRanges: [
        { rangeName: PODS, ipCidrRange: ranges.pods },
        { rangeName: SERVICES, ipCidrRange: ranges.services },
      ],
      privateIpGoogleAccess: true,
      stackType: "IPV4_ONLY",
      logConfig: {
        aggregationInterval: "INTERVAL_5_MIN",
        flowSampling: args.flowLogShare ?? (environment === "prod" ? 0.5 : 0.1),
        metadata: "INCLUDE_ALL_METADATA",
      },
    },
    { parent },
  );
}

/** Lends a range to Google's service producers and peers with them. */
function lentRange({ parent, name, named, args, network, ranges }: Site): {
  readonly id: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
} {
  const [address = "", prefix = ""] = ranges.privateServices.split("/");
  const range = new compute.GlobalAddress(
    `${name}-private-services`,
    {
      name: named("services"),
      project: args.project,
      network: network.id,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address,
      prefixLength: Number(prefix),
      labels: standardLabels(args, name),
    },
    { parent },
  );
  const connection = new servicenetworking.Connection(
    `${name}-private-services`,
    {
      network: network.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range.name],
      // Producers hold the peering for days after the last database went; the network takes it along when it is deleted.
      deletionPolicy: "ABANDON",
    },
    { parent },
  );
  const ready = (value: pulumi.Output<string>) => pulumi.all([value, connection.network]).apply(([it]) => it);
  return { id: ready(range.id), name: ready(range.name) };
}

function createNat({ parent, name, named, args, network }: Site, nodes: compute.Subnetwork): pulumi.Output<string[]> {
  const { project, region, nat = "single", zones = 3 } = args;
  const count = natAddressCount(nat, zones);
  if (count === 0) return pulumi.output([]);
  const router = new compute.Router(
    `${name}-router`,
    { name: named("router"), project, region, network: network.id },
    { parent },
  );
  const addresses = Array.from(
    { length: count },
    (_, index) =>
      new compute.Address(
        `${name}-nat-${index}`,
        {
          name: named(`nat-${index}`),
          project,
          region,
          addressType: "EXTERNAL",
          networkTier: "PREMIUM",
          labels: standardLabels(args, name),
        },
        { parent },
      ),
  );
  new compute.RouterNat(
    `${name}-nat`,
    {
      name: named("nat"),
      project,
      region,
      router: router.name,
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: addresses.map(({ selfLink }) => selfLink),
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetworks: [{ name: nodes.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      enableDynamicPortAllocation: true,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      // The cloud refuses endpoint-independent mapping together with dynamic ports.
      enableEndpointIndependentMapping: false,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    { parent },
  );
  return pulumi.all(addresses.map(({ address }) => address));
}
