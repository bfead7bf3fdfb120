import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import type { Network } from "../contract";
import { ipv6Subnet, type SubnetPlace } from "../subnetLayout";
import { AwsFlowLogs } from "./flowLogs";
import { AwsNetworkEndpoints } from "./networkEndpoints";
import { defaultEndpoints, natZone, networkProblems, networkSubnets, roleTags } from "./networkPlan";
import { type AwsPlace, namedTags } from "./place";
import { zoneIds } from "./zones";

export interface AwsNetworkArgs {
  readonly place: AwsPlace;
  /** IPv4 range of the VPC, /16 to /20. */
  readonly cidr: string;
  /** Availability zones used, 2 to 4. One more may be added later without moving a subnet. */
  readonly zones: number;
  /** Zone ids in a fixed order, such as use1-az1. @default the region's first that EKS accepts */
  readonly zoneIds?: readonly string[];
  /** NAT gateways; "none" needs `endpoints: "private"`. */
  readonly nat: "none" | "single" | "onePerZone";
  /** Cluster that may place load balancers and, with Karpenter, nodes in these subnets. @default none */
  readonly clusterName?: string;
  /** Endpoints besides S3's gateway. @default "private" in prod and without NAT, "images" otherwise */
  readonly endpoints?: "s3" | "images" | "private";
  /** Further IPv4 ranges, /16 to /26, for pods alone, such as 100.64.0.0/16. @default none */
  readonly secondaryCidrs?: readonly string[];
  /** An IPv6 block of AWS's and an address from it for every subnet. @default false */
  readonly ipv6?: boolean;
  /** Days that flow logs are kept. @default by environment: 30, 90, 365 */
  readonly flowLogRetentionDays?: number;
}

/** A VPC over several zones: public, private and database subnets, NAT, endpoints, flow logs, and no default group. */
export class AwsNetwork extends pulumi.ComponentResource implements Network {
  readonly networkId: pulumi.Output<string>;
  readonly cidr: string;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly databaseSubnetIds: pulumi.Output<string[]>;
  readonly natAddresses: pulumi.Output<string[]>;
  /** Ids of the NAT gateways, for alarms. */
  readonly natGatewayIds: readonly pulumi.Output<string>[];
  /** Ids of all route tables by name, such as private-0; names are known while planning. */
  readonly routeTableIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Zone ids in use, by number of the zone. */
  readonly zoneIds: readonly string[];

  constructor(name: string, args: AwsNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsNetwork", name, networkProblems(args));
    super("tideline:aws:Network", name, {}, opts);
    const { place, cidr, zones, nat, endpoints = defaultEndpoints(place.environment, nat) } = args;
    this.cidr = cidr;
    this.zoneIds = zoneIds(place.region, zones, args.zoneIds) ?? [];
    const vpc = createVpc(this, name, args);
    const subnets = createSubnets(this, name, args, vpc, this.zoneIds);
    const gateway = new ec2.InternetGateway(name, { vpcId: vpc.id, tags: namedTags(place, name) }, { parent: this });
    const routes = new Routes(this, name, args, vpc, gateway, subnets);
    new AwsNetworkEndpoints(
      `${name}-endpoints`,
      {
        place,
        networkId: vpc.id,
        networkCidrs: [cidr, ...(args.secondaryCidrs ?? [])],
        choice: endpoints,
        subnetIds: subnets.ids("private"),
        routeTableIds: Object.values(routes.tableIds),
      },
      { parent: this },
    );
    new AwsFlowLogs(
      `${name}-flow-logs`,
      {
        place,
        networkId: vpc.id,
        ...(args.flowLogRetentionDays === undefined ? {} : { retentionDays: args.flowLogRetentionDays }),
      },
      { parent: this },
    );
    this.networkId = vpc.id;
    this.publicSubnetIds = pulumi.output(subnets.ids("public"));
    this.privateSubnetIds = pulumi.output(subnets.ids("private"));
    this.databaseSubnetIds = pulumi.output(subnets.ids("database"));
    this.natAddresses = pulumi.output(routes.natAddresses);
    this.natGatewayIds = routes.natGatewayIds;
    this.routeTableIds = routes.tableIds;
    this.registerOutputs({
      networkId: this.networkId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      databaseSubnetIds: this.databaseSubnetIds,
      natAddresses: this.natAddresses,
    });
  }
}

function createVpc(parent: pulumi.Resource, name: string, { place, cidr, ipv6 = false }: AwsNetworkArgs): ec2.Vpc {
  const vpc = new ec2.Vpc(
    name,
    {
      cidrBlock: cidr,
      // Interface endpoints with private DNS and EKS's private endpoint resolve only with both on.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      ...(ipv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
      tags: namedTags(place, name),
    },
    { parent },
  );
  // Adopted without rules: whatever lands in the default group by mistake can talk to nobody.
  new ec2.DefaultSecurityGroup(
    name,
    { vpcId: vpc.id, ingress: [], egress: [], tags: namedTags(place, name, "default-unused") },
    { parent },
  );
  return vpc;
}

/** Subnets by tier, in the order of zones. */
class Subnets {
  constructor(private readonly all: readonly { readonly place: SubnetPlace; readonly subnet: ec2.Subnet }[]) {}

  of(tier: string): readonly ec2.Subnet[] {
    return this.all.filter(({ place }) => place.tier === tier).map(({ subnet }) => subnet);
  }

  ids(tier: string): pulumi.Output<string>[] {
    return this.of(tier).map(({ id }) => id);
  }

  get tiers(): ReadonlySet<string> {
    return new Set(this.all.map(({ place }) => place.tier));
  }
}

function createSubnets(
  parent: pulumi.Resource,
  name: string,
  args: AwsNetworkArgs,
  vpc: ec2.Vpc,
  zones: readonly string[],
): Subnets {
  const { tiers, pods } = networkSubnets(args);
  const associations = (args.secondaryCidrs ?? []).map(
    (cidr, index) =>
      new ec2.VpcIpv4CidrBlockAssociation(`${name}-secondary${index}`, { vpcId: vpc.id, cidrBlock: cidr }, { parent }),
  );
  const places = [...tiers, ...pods];
  return new Subnets(
    places.map((place) => {
      const part = `${place.tier}-${place.zone}`;
      const subnet = new ec2.Subnet(
        `${name}-${part}`,
        {
          vpcId: vpc.id,
          cidrBlock: place.cidr,
          availabilityZoneId: zones[place.zone] ?? "",
          mapPublicIpOnLaunch: false,
          ...ipv6Args(args, vpc, place),
          tags: { ...namedTags(args.place, name, part), ...roleTags(place.tier, args.clusterName) },
        },
        { parent, dependsOn: place.tier.startsWith("pods") ? associations : [] },
      );
      return { place, subnet };
    }),
  );
}

/** The /64 of a subnet: 16 for each tier, so that it stays when zones or tiers are added. */
function ipv6Args({ ipv6 = false }: AwsNetworkArgs, vpc: ec2.Vpc, place: SubnetPlace) {
  const tier = ["public", "private", "database"].indexOf(place.tier);
  if (!ipv6 || tier < 0) return {};
  const cidr = vpc.ipv6CidrBlock.apply((block) => ipv6Subnet(block, tier * 16 + place.zone));
  return { ipv6CidrBlock: cidr, assignIpv6AddressOnCreation: true };
}

/** Route tables: one public, one a zone for nodes and pods, one without any way out for databases. */
class Routes {
  readonly natAddresses: pulumi.Output<string>[] = [];
  readonly natGatewayIds: pulumi.Output<string>[] = [];
  readonly tableIds: Record<string, pulumi.Output<string>> = {};

  constructor(
    private readonly parent: pulumi.Resource,
    private readonly name: string,
    private readonly args: AwsNetworkArgs,
    private readonly vpc: ec2.Vpc,
    gateway: ec2.InternetGateway,
    subnets: Subnets,
  ) {
    const open = this.table("public", subnets.of("public"));
    this.route("public", open, { destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
    if (args.ipv6) this.route("public-ipv6", open, { destinationIpv6CidrBlock: "::/0", gatewayId: gateway.id });
    this.table("database", subnets.of("database"));
    const gateways = this.natGateways(gateway, subnets.of("public"));
    const egress = args.ipv6 ? this.egressOnly() : undefined;
    subnets.of("private").forEach((subnet, zone) => {
      const pods = [...subnets.tiers].filter((tier) => tier.startsWith("pods"));
      const members = [subnet, ...pods.flatMap((tier) => subnets.of(tier).slice(zone, zone + 1))];
      const table = this.table(`private-${zone}`, members);
      const nat = gateways[natZone(args.nat, zone) ?? -1];
      if (nat) this.route(`private-${zone}`, table, { destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id });
      if (egress) {
        this.route(`private-${zone}-ipv6`, table, { destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: egress.id });
      }
    });
  }

  private natGateways(internet: ec2.InternetGateway, subnets: readonly ec2.Subnet[]): ec2.NatGateway[] {
    const { parent, name, args } = this;
    const count = args.nat === "none" ? 0 : args.nat === "single" ? 1 : subnets.length;
    return subnets.slice(0, count).map((subnet, zone) => {
      const tags = namedTags(args.place, name, `nat-${zone}`);
      // An address and a gateway work only once the VPC has its way out; AWS recommends the explicit order.
      const opts = { parent, dependsOn: internet };
      const address = new ec2.Eip(`${name}-nat-${zone}`, { domain: "vpc", tags }, opts);
      this.natAddresses.push(address.publicIp);
      const nat = new ec2.NatGateway(`${name}-${zone}`, { allocationId: address.id, subnetId: subnet.id, tags }, opts);
      this.natGatewayIds.push(nat.id);
      return nat;
    });
  }

  private egressOnly(): ec2.EgressOnlyInternetGateway {
    const { parent, name, args, vpc } = this;
    return new ec2.EgressOnlyInternetGateway(name, { vpcId: vpc.id, tags: namedTags(args.place, name) }, { parent });
  }

  private table(part: string, subnets: readonly ec2.Subnet[]): ec2.RouteTable {
    const { parent, name, args, vpc } = this;
    const tags = namedTags(args.place, name, part);
    const table = new ec2.RouteTable(`${name}-${part}`, { vpcId: vpc.id, tags }, { parent });
    subnets.forEach((subnet, index) => {
      const child = `${name}-${part}-${index}`;
      new ec2.RouteTableAssociation(child, { routeTableId: table.id, subnetId: subnet.id }, { parent });
    });
    this.tableIds[part] = table.id;
    return table;
  }

  private route(part: string, table: ec2.RouteTable, to: Omit<ec2.RouteArgs, "routeTableId">): void {
    new ec2.Route(`${this.name}-${part}`, { routeTableId: table.id, ...to }, { parent: this.parent });
  }
}
