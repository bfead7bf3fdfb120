/**
 * Where subnets lie inside a network. A place depends on the tier's position and the zone's number alone, never on how
 * many there are, so adding a zone, or a tier at the end of the list, never moves a subnet that exists.
 */

/** Places kept for every zonal tier; one more zone than the configuration allows, so that regions can grow. */
export const ZONES_KEPT = 4;

/** A kind of subnet: public, private, database. */
export interface Tier {
  readonly name: string;
  /** Length of each subnet's prefix, up to 28. */
  readonly prefix: number;
  /** One subnet for each zone, or one for the whole region as on Google Cloud and Azure. @default true */
  readonly zonal?: boolean;
}

/** A subnet's place. */
export interface SubnetPlace {
  readonly tier: string;
  /** Number of the zone from 0; 0 for a regional tier. */
  readonly zone: number;
  /** IPv4 range in CIDR notation. */
  readonly cidr: string;
}

/** IPv4 range as numbers: first address, and one past the last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The range that CIDR notation means, or undefined when the text is not CIDR notation or has host bits set
 * (10.0.0.1/16), which every cloud refuses.
 */
export function parseCidr(cidr: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match) return undefined;
  const [prefix = 33, ...octets] = match.slice(1).map(Number).reverse();
  if (prefix > 32 || octets.some((octet) => octet > 255)) return undefined;
  const start = octets.reduceRight((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  return start % size === 0 ? { start, end: start + size } : undefined;
}

/** CIDR notation of the range of `prefix` bits that starts at an address. */
export function formatCidr(start: number, prefix: number): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** Whether two ranges in CIDR notation share an address; texts that are not CIDR notation share none. */
export function overlaps(one: string, other: string): boolean {
  const [left, right] = [parseCidr(one), parseCidr(other)];
  return left !== undefined && right !== undefined && left.start < right.end && right.start < left.end;
}

/** Why the tiers cannot be laid out in the network, for the reader of an error; undefined when they can. */
export function subnetLayoutProblem(network: string, tiers: readonly Tier[], zones: number): string | undefined {
  const range = parseCidr(network);
  if (!range) {
    return `is "${network}", which is not an IPv4 network in CIDR notation without host bits; give one such as 10.1.0.0/16.`;
  }
  if (!Number.isInteger(zones) || zones < 1 || zones > ZONES_KEPT) {
    return `is laid out over ${zones} zones; allowed are 1 to ${ZONES_KEPT}.`;
  }
  const twin = tiers.find(({ name }, index) => tiers.findIndex((tier) => tier.name === name) < index);
  if (twin) return `has two tiers named "${twin.name}"; give each tier a name of its own.`;
  const odd = tiers.find(({ prefix }) => !Number.isInteger(prefix) || prefix < 8 || prefix > 28);
  if (odd) return `has the tier "${odd.name}" of /${odd.prefix} subnets; allowed are /8 to /28.`;
  const end = blocks(range.start, tiers).at(-1)?.end ?? range.start;
  if (end <= range.end) return undefined;
  const wanted = tiers.map((tier) => `${placesOf(tier)} x /${tier.prefix} for ${tier.name}`).join(", ");
  return `is ${network} with ${range.end - range.start} addresses, too small for ${wanted} (${end - range.start} addresses with alignment); give a shorter prefix.`;
}

/**
 * Lays the tiers out one after another, each in an aligned block with room for `ZONES_KEPT` zones.
 * @throws {RangeError} with the text of `subnetLayoutProblem`.
 */
export function layoutSubnets(network: string, tiers: readonly Tier[], zones: number): readonly SubnetPlace[] {
  const problem = subnetLayoutProblem(network, tiers, zones);
  const range = parseCidr(network);
  if (problem !== undefined || !range) throw new RangeError(`The network ${problem}`);
  return blocks(range.start, tiers).flatMap(({ tier, start }) =>
    Array.from({ length: tier.zonal === false ? 1 : zones }, (_, zone) => ({
      tier: tier.name,
      zone,
      cidr: formatCidr(start + zone * 2 ** (32 - tier.prefix), tier.prefix),
    })),
  );
}

/**
 * The nth /64 of an IPv6 block that the cloud gave (AWS: a /56, 256 subnets), in compressed notation.
 * @throws {RangeError} when the block is no prefix of 64 bits or fewer or has no nth subnet.
 */
export function ipv6Subnet(block: string, index: number): string {
  const [address = "", prefixText] = block.split("/");
  const prefix = Number(prefixText);
  const [head = "", tail = ""] = address.split("::");
  const left = head.split(":").filter((group) => group !== "");
  const right = tail.split(":").filter((group) => group !== "");
  const groups = [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  const bits = BigInt(`0x${groups.map((group) => group.padStart(4, "0")).join("") || "0"}`) >> 64n;
  if (!(prefix <= 64) || groups.length !== 8 || index < 0 || index >= 2 ** (64 - prefix)) {
    throw new RangeError(`The IPv6 block ${block} has no /64 of number ${index}.`);
  }
  const text = (bits + BigInt(index)).toString(16).padStart(16, "0");
  const parts = [0, 4, 8, 12].map((at) => Number.parseInt(text.slice(at, at + 4), 16).toString(16));
  return `${parts.join(":")}::/64`;
}

function placesOf(tier: Tier): number {
  return tier.zonal === false ? 1 : ZONES_KEPT;
}

/** Each tier's block, aligned to its own size, behind the one before. */
function blocks(start: number, tiers: readonly Tier[]): { tier: Tier; start: number; end: number }[] {
  let next = start;
  return tiers.map((tier) => {
    const size = placesOf(tier) * 2 ** (32 - tier.prefix);
    const aligned = Math.ceil(next / size) * size;
    next = aligned + size;
    return { tier, start: aligned, end: next };
  });
}
