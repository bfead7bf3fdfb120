import { layoutSubnets, parseCidr, subnetLayoutProblem, type Tier } from "../subnetLayout";

/** Ranges of a VPC-native network. Subnets of Google Cloud span a region, so zones take no room of their own. */
export interface NetworkRanges {
  /** Primary range of the node subnet: one address a node, and internal load balancers. */
  readonly nodes: string;
  /** Secondary range of Kubernetes services. */
  readonly services: string;
  /** Range lent to Google for Cloud SQL and Memorystore. */
  readonly privateServices: string;
  /** Proxies of regional load balancers. */
  readonly proxies: string;
  /** GKE's control plane, a /28 by rule. */
  readonly controlPlane: string;
  /** Secondary range of pods: half of the network. */
  readonly pods: string;
}

/** Shortest and longest prefix with which every range stays within its cloud limits: pods /9 to /21, services /16 to /27. */
const [SHORTEST, LONGEST] = [8, 20];

/**
 * Tiers in order of their place; append only, since a tier's place depends on those before it.
 * Cloud SQL needs a /24 or shorter, a proxy-only subnet a /26 or shorter, a control plane exactly a /28.
 */
function tiers(prefix: number): readonly (Tier & { readonly name: keyof NetworkRanges })[] {
  return [
    { name: "nodes", prefix: prefix + 4, zonal: false },
    { name: "services", prefix: Math.max(prefix + 4, 16), zonal: false },
    { name: "privateServices", prefix: prefix + 4, zonal: false },
    { name: "proxies", prefix: Math.min(prefix + 7, 26), zonal: false },
    { name: "controlPlane", prefix: 28, zonal: false },
    { name: "pods", prefix: prefix + 1, zonal: false },
  ];
}

/** Why the network cannot hold the ranges, or undefined when it can. */
export function networkRangesProblem(cidr: string): string | undefined {
  const prefix = prefixOf(cidr);
  const problem = subnetLayoutProblem(cidr, [], 1);
  if (problem !== undefined) return problem;
  if (prefix >= SHORTEST && prefix <= LONGEST) return subnetLayoutProblem(cidr, tiers(prefix), 1);
  return `is ${cidr}; allowed are /${SHORTEST} to /${LONGEST}, so that Cloud SQL has its /24 and pods have half.`;
}

/**
 * Lays a network's ranges out: nodes, services and private services a sixteenth each, proxies and control plane behind
 * them, pods the upper half.
 * @throws {RangeError} with the text of `networkRangesProblem`.
 */
export function networkRanges(cidr: string): NetworkRanges {
  const problem = networkRangesProblem(cidr);
  if (problem !== undefined) throw new RangeError(`The network ${problem}`);
  const places = layoutSubnets(cidr, tiers(prefixOf(cidr)), 1);
  return Object.fromEntries(places.map((place) => [place.tier, place.cidr])) as unknown as NetworkRanges;
}

/**
 * Nodes that fit when each has its own block of pod addresses. GKE gives a node the shortest range with at least twice
 * as many addresses as pods (110 pods: /24).
 */
export function podCapacity(pods: string, podsPerNode: number): number {
  const range = parseCidr(pods);
  if (!range) return 0;
  const perNode = 2 ** Math.ceil(Math.log2(2 * podsPerNode));
  return Math.floor((range.end - range.start) / perNode);
}

function prefixOf(cidr: string): number {
  return Number(cidr.split("/")[1]);
}
