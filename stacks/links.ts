import * as pulumi from "@pulumi/pulumi";
import type { AwsFoundation } from "../components/aws";
import type { AzureFoundation } from "../components/azure";
import type { LinkedNetwork } from "../components/azure/networkRules";
import type { GcpFoundation } from "../components/gcp";
import type { LinkCloud, LinkEnd } from "../components/interconnect";
import type { CloudEnvironment } from "./cloudPlatform";
import type { Config } from "./config";
import { LINK_PAIRS, type LinkPair, linkedPairs } from "./linksConfig";

/** The foundations that a stack has. */
export interface Foundations {
  readonly aws?: AwsFoundation | undefined;
  readonly gcp?: GcpFoundation | undefined;
  readonly azure?: AzureFoundation | undefined;
}

/** A number of its own for each cloud's routers, of RFC 6996's private ones. */
const ASNS: Readonly<Record<LinkCloud, number>> = { aws: 64_512, gcp: 64_513, azure: 64_514 };

/** Builds the gateways that the stack's links need, and the links. Loads the SDKs of the linked clouds alone. */
export function createLinks(config: Config, environment: CloudEnvironment, foundations: Foundations): void {
  const pairs = linkedPairs(config.links);
  if (pairs.length === 0) return;
  const { CloudLink } =
    require("../components/interconnect/cloudLink") as typeof import("../components/interconnect/cloudLink");
  const gateways = new Map<LinkCloud, LinkEnd>();
  const gateway = (cloud: LinkCloud): LinkEnd => {
    const made = gateways.get(cloud) ?? GATEWAYS[cloud](config, environment, foundations);
    gateways.set(cloud, made);
    return made;
  };
  for (const pair of pairs) {
    const settings = config.links[pair];
    if (!settings) continue;
    const { opens, proposal } = settings;
    const { number } = LINK_PAIRS[pair];
    const [one, other] = ends(pair);
    // Azure's groups are told when its network is made.
    const own = Object.fromEntries(
      ends(pair).flatMap((cloud) => (cloud === "azure" ? [] : [[cloud, opens[cloud] ?? []]])),
    );
    new CloudLink(pair, { ends: [gateway(one), gateway(other)], number, proposal, opens: own });
  }
}

/**
 * The networks that reach Azure's over links, and what each is let in to. AWS passes routes on, so a network that is
 * linked to AWS alone reaches Azure too, and is let in to nothing.
 */
export function networksLinkedToAzure({ links, ...config }: Config): readonly LinkedNetwork[] {
  const pairs = linkedPairs(links);
  if (!pairs.some((pair) => ends(pair).includes("azure"))) return [];
  return (["aws", "gcp"] as const).flatMap((cloud) => {
    const network = config[cloud]?.network;
    const direct = links[`${cloud}-azure`];
    const reaches = pairs.some((pair) => ends(pair).includes(cloud));
    return network && reaches ? [{ cidr: network.cidr, opens: direct?.opens.azure ?? [] }] : [];
  });
}

function ends(pair: LinkPair): readonly [LinkCloud, LinkCloud] {
  return LINK_PAIRS[pair].ends;
}

/** Each cloud's gateway on its foundation's network. */
const GATEWAYS: Readonly<
  Record<LinkCloud, (config: Config, environment: CloudEnvironment, foundations: Foundations) => LinkEnd>
> = { aws: awsGateway, gcp: gcpGateway, azure: azureGateway };

function awsGateway({ stack, aws }: Config, environment: CloudEnvironment, foundations: Foundations): LinkEnd {
  const { AwsLinkGateway } =
    require("../components/interconnect/awsGateway") as typeof import("../components/interconnect/awsGateway");
  const foundation = present(foundations.aws, "aws");
  const { accountId, region } = present(aws, "aws");
  const { network, cluster } = foundation;
  return new AwsLinkGateway(
    "aws-link",
    {
      place: { stack, environment, accountId, region },
      cidrs: [network.cidr],
      vpcId: network.networkId,
      routeTableIds: network.routeTableIds,
      asn: ASNS.aws,
      securityGroupIds: { nodes: cluster.securityGroupId },
    },
    { parent: foundation },
  );
}

function gcpGateway({ stack, gcp }: Config, environment: CloudEnvironment, foundations: Foundations): LinkEnd {
  const { GcpLinkGateway } =
    require("../components/interconnect/gcpGateway") as typeof import("../components/interconnect/gcpGateway");
  const foundation = present(foundations.gcp, "gcp");
  const { project, region } = present(gcp, "gcp");
  const { network } = foundation;
  const args = { stack, environment, project, region, cidrs: [network.cidr], network: network.networkId };
  return new GcpLinkGateway(
    "gcp-link",
    { ...args, asn: ASNS.gcp, targetTags: [network.nodeTag] },
    { parent: foundation },
  );
}

function azureGateway(config: Config, environment: CloudEnvironment, foundations: Foundations): LinkEnd {
  const { AzureLinkGateway } =
    require("../components/interconnect/azureGateway") as typeof import("../components/interconnect/azureGateway");
  const foundation = present(foundations.azure, "azure");
  const { network } = foundation;
  // Azure changes one subnet of a network at a time, so the gateway's waits for all others.
  const ready = pulumi
    .all([network.networkId, network.publicSubnetIds, network.databaseSubnetIds, network.apiServerSubnetId])
    .apply(([id]) => id.split("/"));
  const linked = linkedPairs(config.links).flatMap((pair) => {
    const {
      number,
      ends: [other, last],
    } = LINK_PAIRS[pair];
    return last === "azure" ? [[number, other] as const] : [];
  });
  return new AzureLinkGateway(
    "azure-link",
    {
      stack: config.stack,
      environment,
      location: present(config.azure, "azure").region,
      resourceGroupName: ready.apply((steps) => steps[4] ?? ""),
      virtualNetworkName: ready.apply((steps) => steps.at(-1) ?? ""),
      cidrs: [network.cidr],
      asn: ASNS.azure,
      links: Object.fromEntries(linked),
    },
    { parent: foundation },
  );
}

/** What the configuration's own checks hold to be there. */
function present<T>(value: T | undefined, cloud: LinkCloud): T {
  if (value === undefined) throw new Error(`A link reaches ${cloud}, which the stack does not have.`);
  return value;
}
