import { type ArgumentProblem, problemIf } from "../arguments";
import { layoutSubnets, overlaps, parseCidr, type SubnetPlace, subnetLayoutProblem, type Tier } from "../subnetLayout";
import { retentionProblem } from "./logGroup";
import type { AwsNetworkArgs } from "./network";
import { zoneProblem } from "./zones";

/** Tiers of every VPC. A new one goes to the end: the order decides where subnets lie. */
export const TIERS: readonly Tier[] = [
  { name: "public", prefix: 24 },
  { name: "private", prefix: 24 },
  { name: "database", prefix: 24 },
];

/** Interface endpoints that image pulls need when they shall not leave the network. */
const IMAGE_ENDPOINTS = ["ecr.api", "ecr.dkr"];

/**
 * All that nodes and pods of a cluster without a way out call. Source: Amazon EKS User Guide, "Deploy private clusters
 * with limited internet access"; secretsmanager, ssm* and monitoring for what the platform itself uses.
 */
const PRIVATE_ENDPOINTS = [
  ...IMAGE_ENDPOINTS,
  "autoscaling",
  "ec2",
  "ec2messages",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "kms",
  "logs",
  "monitoring",
  "secretsmanager",
  "sqs",
  "ssm",
  "ssmmessages",
  "sts",
];

/** Services with an interface endpoint, by the choice of endpoints; S3 always has its gateway, which costs nothing. */
export function interfaceEndpoints(choice: "s3" | "images" | "private"): readonly string[] {
  return choice === "private" ? PRIVATE_ENDPOINTS : choice === "images" ? IMAGE_ENDPOINTS : [];
}

/** The endpoints of a network whose caller does not say: all where there is no NAT or it is prod. */
export function defaultEndpoints(
  environment: "dev" | "staging" | "prod",
  nat: AwsNetworkArgs["nat"],
): "images" | "private" {
  return nat === "none" || environment === "prod" ? "private" : "images";
}

/** Number of the zone whose NAT gateway a zone's private subnet leaves through, or undefined without NAT. */
export function natZone(nat: AwsNetworkArgs["nat"], zone: number): number | undefined {
  return nat === "none" ? undefined : nat === "single" ? 0 : zone;
}

/** What load balancers, the VPC CNI and Karpenter find subnets by. */
export function roleTags(tier: string, clusterName: string | undefined): Record<string, string> {
  const discovery: Record<string, string> = clusterName === undefined ? {} : { "karpenter.sh/discovery": clusterName };
  if (tier === "public") return { "kubernetes.io/role/elb": "1" };
  if (tier === "private") return { "kubernetes.io/role/internal-elb": "1", ...discovery };
  if (tier.startsWith("pods")) return { "kubernetes.io/role/cni": "1" };
  return {};
}

/** Where the subnets lie: the three tiers, then one pod subnet a zone in each secondary range. */
export function networkSubnets(args: Pick<AwsNetworkArgs, "cidr" | "zones" | "secondaryCidrs">): {
  readonly tiers: readonly SubnetPlace[];
  readonly pods: readonly SubnetPlace[];
} {
  const { cidr, zones, secondaryCidrs = [] } = args;
  const pods = secondaryCidrs.flatMap((secondary, index) =>
    layoutSubnets(secondary, [podTier(secondary, index)], zones),
  );
  return { tiers: layoutSubnets(cidr, TIERS, zones), pods };
}

/** All that is wrong with a network's arguments. */
export function networkProblems(args: AwsNetworkArgs): readonly ArgumentProblem[] {
  const { place, cidr, zones, zoneIds, nat, endpoints, secondaryCidrs = [], flowLogRetentionDays } = args;
  const layout = subnetLayoutProblem(cidr, TIERS, zones);
  const chosen = zoneProblem(place.region, zones, zoneIds);
  const retention = retentionProblem(flowLogRetentionDays);
  const prefix = Number(cidr.split("/")[1]);
  return [
    ...problemIf(layout !== undefined, "cidr", layout ?? ""),
    ...problemIf(
      layout === undefined && prefix < 16,
      "cidr",
      `is ${cidr}, which is larger than AWS allows for a VPC (/16 to /28); give a /16 and secondaryCidrs.`,
    ),
    ...problemIf(chosen !== undefined, "zoneIds", chosen ?? ""),
    ...problemIf(zones < 2, "zones", `is ${zones}, but EKS and RDS want subnets in at least 2 zones; give 2 or 3.`),
    ...problemIf(
      nat === "none" && endpoints !== undefined && endpoints !== "private",
      "endpoints",
      `is "${endpoints}" with nat "none", which leaves nodes without a way to AWS; give "private", or nat "single".`,
    ),
    ...problemIf(
      place.environment === "prod" && nat === "single",
      "nat",
      'is "single" in prod, where one zone\'s failure would cut all nodes off; give "onePerZone" or "none".',
    ),
    ...secondaryCidrs.flatMap((secondary, index) => secondaryProblems(args, secondary, index)),
    ...problemIf(retention !== undefined, "flowLogRetentionDays", retention ?? ""),
  ];
}

function secondaryProblems(args: AwsNetworkArgs, secondary: string, index: number): readonly ArgumentProblem[] {
  const path = `secondaryCidrs[${index}]`;
  const prefix = Number(secondary.split("/")[1]);
  if (!parseCidr(secondary) || prefix < 16 || prefix > 26) {
    return [
      { path, reason: `is "${secondary}"; give a network of /16 to /26 in CIDR notation, such as 100.64.0.0/16.` },
    ];
  }
  const others = [args.cidr, ...(args.secondaryCidrs ?? []).slice(0, index)];
  const twin = others.find((other) => overlaps(other, secondary));
  if (twin) return [{ path, reason: `is ${secondary}, which overlaps ${twin}; give a range apart from it.` }];
  return [];
}

/** A quarter of the secondary range for each zone. */
function podTier(secondary: string, index: number): Tier {
  return { name: `pods${index}`, prefix: Number(secondary.split("/")[1]) + 2 };
}
