/**
 * Availability zone ids that EKS control planes accept, by region, in a fixed order. Ids, not letters: us-east-1a is
 * another building in every account, use1-az1 is the same one. Left out: use1-az3, usw1-az2 and cac1-az3, which EKS
 * refuses, and apne1-az3, which new accounts do not see. Source: Amazon EKS User Guide, "VPC and subnet requirements".
 */
const ZONE_IDS: Readonly<Record<string, readonly string[]>> = {
  "af-south-1": ids("afs1", 1, 2, 3),
  "ap-east-1": ids("ape1", 1, 2, 3),
  "ap-northeast-1": ids("apne1", 1, 2, 4),
  "ap-northeast-2": ids("apne2", 1, 2, 3, 4),
  "ap-northeast-3": ids("apne3", 1, 2, 3),
  "ap-south-1": ids("aps1", 1, 2, 3),
  "ap-south-2": ids("aps2", 1, 2, 3),
  "ap-southeast-1": ids("apse1", 1, 2, 3),
  "ap-southeast-2": ids("apse2", 1, 2, 3),
  "ca-central-1": ids("cac1", 1, 2, 4),
  "eu-central-1": ids("euc1", 1, 2, 3),
  "eu-central-2": ids("euc2", 1, 2, 3),
  "eu-north-1": ids("eun1", 1, 2, 3),
  "eu-south-1": ids("eus1", 1, 2, 3),
  "eu-west-1": ids("euw1", 1, 2, 3),
  "eu-west-2": ids("euw2", 1, 2, 3),
  "eu-west-3": ids("euw3", 1, 2, 3),
  "il-central-1": ids("ilc1", 1, 2, 3),
  "me-central-1": ids("mec1", 1, 2, 3),
  "sa-east-1": ids("sae1", 1, 2, 3),
  "us-east-1": ids("use1", 1, 2, 4, 5, 6),
  "us-east-2": ids("use2", 1, 2, 3),
  "us-west-1": ids("usw1", 1, 3),
  "us-west-2": ids("usw2", 1, 2, 3, 4),
};

/**
 * The zone ids to use, the first `count` of the region unless the caller names them; asking for one more never changes
 * those before. Undefined where the region is not known here or has too few.
 */
export function zoneIds(region: string, count: number, named?: readonly string[]): readonly string[] | undefined {
  const known = named ?? ZONE_IDS[region];
  return known && known.length >= count ? known.slice(0, count) : undefined;
}

/** Why no zones can be chosen, or undefined. */
export function zoneProblem(region: string, count: number, named?: readonly string[]): string | undefined {
  if (zoneIds(region, count, named)) return undefined;
  const known = named ?? ZONE_IDS[region];
  if (!known) return `cannot be chosen for the region ${region}, which is not known here; name them, such as use1-az1.`;
  return `are ${known.join(", ")}, too few for ${count} zones in ${region}; ask for ${known.length}, or name more.`;
}

function ids(prefix: string, ...numbers: readonly number[]): readonly string[] {
  return numbers.map((number) => `${prefix}-az${number}`);
}
