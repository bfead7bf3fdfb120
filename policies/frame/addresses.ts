import { BlockList, isIP } from "node:net";

/** Ranges that no one on the internet has: RFC 1918, RFC 6598, loopback, link-local, IPv6 unique local. */
const PRIVATE_RANGES = [
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
  ...["fc00::/7", "fe80::/10", "::1/128"],
];

/** How far a range reaches beyond private networks. */
export interface Breadth {
  /** Addresses; an IPv6 /64, which is one customer's network, counts as one. */
  readonly addresses: number;
  readonly isPublic: boolean;
}

/** Size and reach of `a.b.c.d/n`, an IPv6 range or a single address. @throws {Error} for anything else */
export function breadthOf(range: string): Breadth {
  const [address = "", length] = range.split("/");
  const family = isIP(address);
  const most = family === 6 ? 128 : 32;
  const bits = length === undefined ? most : Number(length);
  if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > most || length === "") {
    throw new Error(`${range} is no range of IP addresses such as 203.0.113.0/24.`);
  }
  const addresses = family === 6 ? 2 ** Math.max(0, 64 - bits) : 2 ** (32 - bits);
  return { addresses, isPublic: !isPrivate(address, bits, family === 6 ? "ipv6" : "ipv4") };
}

/** Wholly within one private range: at least as long a prefix, and its first address inside. */
function isPrivate(address: string, bits: number, family: "ipv4" | "ipv6"): boolean {
  return PRIVATE_RANGES.some((range) => {
    const [start = "", length] = range.split("/");
    if ((isIP(start) === 6) !== (family === "ipv6") || bits < Number(length)) return false;
    const block = new BlockList();
    block.addSubnet(start, Number(length), family);
    return block.check(address, family);
  });
}

/** Problems of a list of ranges that something listens to: together too many public addresses. */
export function breadthProblems(what: string, ranges: readonly string[], most: number): string[] {
  let total = 0;
  for (const range of ranges) {
    const { addresses, isPublic } = breadthOf(range);
    if (isPublic) total += addresses;
  }
  if (total <= most) return [];
  return [`${what} lets in ${total} public addresses (${ranges.join(", ")}); at most ${most}.`];
}
