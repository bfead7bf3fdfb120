import { cidrsOverlap, parseCidr } from "../cidr";
import type { Live, Made, Rule } from "../resourceType";
import { input, nested, others } from "./gcpType";

export const NETWORK = "gcp:compute/network:Network";
export const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
export const GLOBAL_ADDRESS = "gcp:compute/globalAddress:GlobalAddress";

/** Every range that a subnetwork takes: its own and its secondary ones. */
function rangesOf({ inputs }: Pick<Live, "inputs">): readonly string[] {
  const secondary = Array.isArray(inputs.secondaryIpRanges) ? inputs.secondaryIpRanges : [];
  return [inputs.ipCidrRange, ...secondary.map((range) => nested(range, "ipCidrRange"))].map(String);
}

/** Range of an address that is lent to service producers. */
function lentRange({ inputs }: Pick<Live, "inputs">): string {
  return `${inputs.address}/${inputs.prefixLength}`;
}

/** Ranges taken in a network, with the id of who has them. */
export function takenRanges(made: Made, current: Live | undefined, network: unknown) {
  const id = made.world.find([NETWORK], network)?.id;
  const inNetwork = others(made, current, SUBNETWORK, GLOBAL_ADDRESS).filter(
    (live) => made.world.find([NETWORK], live.inputs.network)?.id === id,
  );
  return inNetwork.flatMap((live) =>
    (live.token === SUBNETWORK ? rangesOf(live) : [lentRange(live)]).map((cidr) => ({ cidr, owner: live.id })),
  );
}

export const rangesApart: Rule = (made, current) => {
  const own = rangesOf(made);
  const taken = takenRanges(made, current, made.inputs.network);
  for (const [index, cidr] of own.entries()) {
    if (!parseCidr(cidr)) return invalidRange(cidr, `'${cidr}' is not a valid IPv4 CIDR range`);
    const clash =
      taken.find((range) => cidrsOverlap(range.cidr, cidr))?.owner ??
      own.slice(0, index).find((other) => cidrsOverlap(other, cidr));
    if (clash !== undefined) return invalidRange(cidr, `${cidr} conflicts with existing subnetwork '${clash}'`);
  }
  return undefined;
};

function invalidRange(cidr: string, reason: string): string {
  return `googleapi: Error 400: Invalid value for field 'resource.ipCidrRange': '${cidr}'. Invalid IPCidrRange: ${reason}., invalid`;
}

/** Subnets have at least eight addresses, proxy-only ones 64. */
export const rangeSize: Rule = (made) => {
  const cidr = input(made, "ipCidrRange");
  const longest = input(made, "purpose") === "REGIONAL_MANAGED_PROXY" ? 26 : 29;
  const prefix = Number(cidr.split("/")[1]);
  if (prefix <= longest && prefix >= 8) return undefined;
  return invalidRange(cidr, `the prefix length must be between 8 and ${longest}`);
};

export const oneProxySubnet: Rule = (made, current) => {
  if (input(made, "purpose") !== "REGIONAL_MANAGED_PROXY") return undefined;
  const twin = others(made, current, SUBNETWORK).find(
    ({ inputs }) =>
      inputs.purpose === made.inputs.purpose &&
      inputs.network === made.inputs.network &&
      inputs.region === made.inputs.region,
  );
  return (
    twin &&
    `googleapi: Error 400: Invalid value for field 'resource.role': 'ACTIVE'. There is already an ACTIVE ${made.inputs.purpose} subnetwork in this region: ${twin.id}., invalid`
  );
};

export const natPorts: Rule = ({ inputs }) => {
  if (inputs.enableDynamicPortAllocation !== true) return undefined;
  if (inputs.enableEndpointIndependentMapping === true) {
    return "googleapi: Error 400: Invalid value for field 'resource.nats[0].enableEndpointIndependentMapping': 'true'. Endpoint-Independent Mapping and Dynamic Port Allocation cannot be enabled at the same time., invalid";
  }
  const wrong = [inputs.minPortsPerVm, inputs.maxPortsPerVm].find(
    (ports) => !Number.isInteger(Math.log2(Number(ports))),
  );
  return wrong === undefined
    ? undefined
    : `googleapi: Error 400: Invalid value for field 'resource.nats[0].minPortsPerVm': '${wrong}'. Must be a power of two with dynamic port allocation., invalid`;
};

export const natAddresses: Rule = ({ inputs }) =>
  inputs.natIpAllocateOption === "MANUAL_ONLY" && !(Array.isArray(inputs.natIps) && inputs.natIps.length > 0)
    ? "googleapi: Error 400: Invalid value for field 'resource.nats[0].natIps': ''. At least one NAT address is required with MANUAL_ONLY., invalid"
    : undefined;

export const lentRangeApart: Rule = (made, current) => {
  if (input(made, "purpose") !== "VPC_PEERING") return undefined;
  if (input(made, "network") === "")
    return "googleapi: Error 400: Required field 'resource.network' not specified, required";
  const cidr = lentRange(made);
  if (!parseCidr(cidr)) return invalidRange(cidr, `'${cidr}' is not a valid IPv4 CIDR range`);
  const clash = takenRanges(made, current, made.inputs.network).find((range) => cidrsOverlap(range.cidr, cidr));
  return clash && invalidRange(cidr, `${cidr} conflicts with existing subnetwork '${clash.owner}'`);
};

export const firewallDirection: Rule = ({ inputs }) => {
  const [allows, denies] = [inputs.allows, inputs.denies].map((rules) => Array.isArray(rules) && rules.length > 0);
  return allows === denies
    ? "googleapi: Error 400: Invalid value for field 'resource': exactly one of allowed and denied must be given., invalid"
    : undefined;
};
