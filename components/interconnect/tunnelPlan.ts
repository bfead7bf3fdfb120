/** A cloud that a link can reach. */
export type LinkCloud = "aws" | "gcp" | "azure";

/** Which of a gateway's two addresses a tunnel uses; on AWS, which of a connection's two tunnels it is. */
export type GatewayInterface = 0 | 1;

/** The /30 inside a tunnel over which both ends speak BGP. */
export interface InsideRange {
  /** IPv4 range in CIDR notation. */
  readonly cidr: string;
  /** Address of the first end; on AWS the first of a range is always AWS's own. */
  readonly first: string;
  /** Address of the second end. */
  readonly second: string;
}

/** A tunnel of a link, before anything is made. */
export interface PlannedTunnel {
  /** Position in the link, from 0; part of names. */
  readonly index: number;
  readonly inside: InsideRange;
  readonly first: GatewayInterface;
  readonly second: GatewayInterface;
}

/** Ends in the order that tunnels are laid out in, whatever the order in which a caller names them. */
export const CLOUD_ORDER: readonly LinkCloud[] = ["aws", "gcp", "azure"];

/** Links between gateways of one mesh: Azure's range holds as many with four tunnels each. */
export const MOST_LINKS = 32;

/** Ranges kept for each link, used or not, so that no link ever moves another's. */
const TUNNELS_KEPT = 4;

/** A /30. */
const RANGE_SIZE = 4;

/**
 * Azure takes link-local addresses for BGP from 169.254.21.0 to 169.254.22.255 alone; AWS and Google Cloud take those
 * too, and what AWS keeps for itself (169.254.0.0/30 to 169.254.5.0/30, 169.254.169.252/30) lies outside. One range
 * serves every pair. Sources: Azure VPN Gateway FAQ, "BGP and routing"; AWS Site-to-Site VPN, "Tunnel options".
 */
const BLOCK = [169, 254, 21, 0] as const;

/**
 * The range of a link's tunnel; no two tunnels of any two links share an address.
 * @param link number of the link, 0 to MOST_LINKS - 1.
 * @param tunnel position in the link, 0 to 3.
 * @throws {RangeError} outside of both.
 */
export function insideRange(link: number, tunnel: number): InsideRange {
  if (!isBelow(link, MOST_LINKS) || !isBelow(tunnel, TUNNELS_KEPT)) {
    throw new RangeError(
      `There is no tunnel ${tunnel} of link ${link}; links are 0 to ${MOST_LINKS - 1}, tunnels 0 to ${TUNNELS_KEPT - 1}.`,
    );
  }
  const start = (link * TUNNELS_KEPT + tunnel) * RANGE_SIZE;
  const address = (host: number) => {
    const [a, b, c] = BLOCK;
    return `${a}.${b}.${c + Math.floor((start + host) / 256)}.${(start + host) % 256}`;
  };
  return { cidr: `${address(0)}/30`, first: address(1), second: address(2) };
}

/**
 * The tunnels of a link. From AWS there are four: a connection has two tunnels and ends at one address of the other
 * side, which has two. Between Google Cloud and Azure there are two, one for each pair of addresses, which is what
 * both clouds' service levels ask for.
 * @param first the end that comes first in CLOUD_ORDER.
 */
export function tunnelPlan(link: number, first: LinkCloud): readonly PlannedTunnel[] {
  const pairs: readonly (readonly [GatewayInterface, GatewayInterface])[] =
    first === "aws"
      ? [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ]
      : [
          [0, 0],
          [1, 1],
        ];
  return pairs.map(([own, peer], index) => ({ index, inside: insideRange(link, index), first: own, second: peer }));
}

/** The addresses that an interface of the second end has inside a link's tunnels, as Azure's gateway must know them. */
export function insideAddresses(link: number, first: LinkCloud, own: GatewayInterface): readonly string[] {
  return tunnelPlan(link, first)
    .filter(({ second }) => second === own)
    .map(({ inside }) => inside.second);
}

function isBelow(value: number, end: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < end;
}
