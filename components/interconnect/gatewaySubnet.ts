import { type ArgumentProblem, problemIf } from "../arguments";
import { formatCidr, overlaps, parseCidr } from "../subnetLayout";

/** Azure asks for a /27 or shorter for a gateway of two instances. */
const PREFIX = 27;

/** The name that Azure finds a gateway's subnet by. */
export const GATEWAY_SUBNET = "GatewaySubnet";

/**
 * The last /27 of a network. Other subnets are laid out from its start, so this one stays free whatever is added.
 * @param cidr range of the network, in CIDR notation.
 * @throws {RangeError} when it is none, or smaller than a /27.
 */
export function gatewaySubnetRange(cidr: string): string {
  const range = parseCidr(cidr);
  const size = 2 ** (32 - PREFIX);
  if (!range || range.end - range.start < size) {
    throw new RangeError(`The network ${cidr} has no room for a /${PREFIX}.`);
  }
  return formatCidr(range.end - size, PREFIX);
}

/** What is wrong with the range that a caller gives for a gateway's subnet. */
export function gatewaySubnetProblems(range: string, cidrs: readonly string[]): readonly ArgumentProblem[] {
  const [parsed, prefix] = [parseCidr(range), Number(range.split("/")[1])];
  const isInside = cidrs.some((cidr) => overlaps(cidr, range) && Number(cidr.split("/")[1]) <= prefix);
  return [
    ...problemIf(
      !parsed || prefix > PREFIX,
      "gatewaySubnetRange",
      `is "${range}"; give an IPv4 network of /${PREFIX} or shorter, such as 10.3.255.224/27.`,
    ),
    ...problemIf(
      parsed !== undefined && !isInside,
      "gatewaySubnetRange",
      `is ${range}, which lies outside the network's ${cidrs.join(", ")}; give a free range within.`,
    ),
  ];
}
