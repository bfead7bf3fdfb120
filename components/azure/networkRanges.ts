import { layoutSubnets, subnetLayoutProblem, type Tier } from "../subnetLayout";

/** Ranges of a virtual network. Subnets of Azure span a location, so zones take no room of their own. */
export interface NetworkRanges {
  /** One address a node, and internal load balancers; pods have an overlay of their own. */
  readonly nodes: string;
  /** Application gateways and other front ends that the internet may be let in to. */
  readonly public: string;
  /** Delegated to PostgreSQL. */
  readonly database: string;
  /** Private endpoints of storage, vault, registry and cache. */
  readonly endpoints: string;
  /** Delegated to AKS, for the API server's own addresses: a /28. */
  readonly apiServer: string;
}

/** A kind of subnet. */
export type TierName = keyof NetworkRanges;

/** The tiers in order of their place. Subnets are made in this order too: Azure changes one subnet at a time. */
export const TIERS: readonly TierName[] = ["nodes", "public", "database", "endpoints", "apiServer"];

/** Shortest and longest prefix with which every tier has its room. */
const [SHORTEST, LONGEST] = [8, 20];

/** Append only, since a tier's place depends on those before it. PostgreSQL and AKS's API server need a /28 or shorter. */
function tiers(prefix: number): readonly (Tier & { readonly name: TierName })[] {
  const small = Math.min(prefix + 8, 27);
  const prefixes = { nodes: prefix + 4, public: small, database: small, endpoints: small, apiServer: 28 };
  return TIERS.map((name) => ({ name, prefix: prefixes[name], zonal: false }));
}

/** Why the network cannot hold the tiers, or undefined when it can. */
export function networkRangesProblem(cidr: string): string | undefined {
  const problem = subnetLayoutProblem(cidr, [], 1);
  if (problem !== undefined) return problem;
  const prefix = prefixOf(cidr);
  if (prefix >= SHORTEST && prefix <= LONGEST) return subnetLayoutProblem(cidr, tiers(prefix), 1);
  return `is ${cidr}; allowed are /${SHORTEST} to /${LONGEST}, so that nodes have a /24 or more.`;
}

/** @throws {RangeError} with the text of `networkRangesProblem`. */
export function networkRanges(cidr: string): NetworkRanges {
  const problem = networkRangesProblem(cidr);
  if (problem !== undefined) throw new RangeError(`The network ${problem}`);
  const places = layoutSubnets(cidr, tiers(prefixOf(cidr)), 1);
  return Object.fromEntries(places.map((place) => [place.tier, place.cidr])) as unknown as NetworkRanges;
}

function prefixOf(cidr: string): number {
  return Number(cidr.split("/")[1]);
}
