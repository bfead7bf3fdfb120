/** An IPv4 range: first address and number of addresses. */
export interface Range {
  readonly start: number;
  readonly size: number;
}

/** Parses `10.0.0.0/16`; undefined when it is no IPv4 network, or has bits set beyond its length. */
export function parseCidr(cidr: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((byte) => byte > 255) || bits > 32) return undefined;
  const start = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - bits);
  return start % size === 0 ? { start, size } : undefined;
}

/** Does `outer` hold all of `inner`? False when either is no network. */
export function cidrContains(outer: string, inner: string): boolean {
  const [large, small] = [parseCidr(outer), parseCidr(inner)];
  if (!large || !small) return false;
  return small.start >= large.start && small.start + small.size <= large.start + large.size;
}

/** Do two networks share an address? False when either is no network. */
export function cidrsOverlap(a: string, b: string): boolean {
  const [left, right] = [parseCidr(a), parseCidr(b)];
  if (!left || !right) return false;
  return left.start < right.start + right.size && right.start < left.start + left.size;
}

/** The n-th address of a network, such as the second for a cloud's DNS server. */
export function addressIn(cidr: string, index: number): string {
  const range = parseCidr(cidr);
  if (!range) throw new RangeError(`${cidr} is no IPv4 network.`);
  const address = range.start + (index % range.size);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
