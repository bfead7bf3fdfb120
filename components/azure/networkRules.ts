import type { NetworkRanges, TierName } from "./networkRanges";

/** A rule of a network security group, as Azure takes it; ranges of addresses, lower priority first. */
export interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: "Tcp" | "Udp" | "*";
  readonly sourceAddressPrefix: string;
  readonly sourcePortRange: "*";
  readonly destinationAddressPrefix: string;
  readonly destinationPortRanges: readonly string[];
}

/** A network of another cloud that is linked to this one, and what nodes let it in to. */
export interface LinkedNetwork {
  /** IPv4 range in CIDR notation. */
  readonly cidr: string;
  readonly opens: readonly { readonly protocol: "tcp" | "udp"; readonly port: number }[];
}

/** Postgres and its pooler. */
const POSTGRES_PORTS = ["5432", "6432"];

/** HTTPS, and Azure Managed Redis with the nodes of its cluster. */
const ENDPOINT_PORTS = ["443", "8500-8599", "10000"];

/**
 * Rules by tier. Azure's own come after them: they let the virtual network and load balancer probes in and refuse the
 * internet, so what is not named here is closed to the world.
 * @param ingressPorts what the internet may reach on load balancers in `public` and `nodes`.
 * @param linked networks that Azure would let in to everything as parts of the virtual network; at most 100.
 */
export function securityRules(
  ranges: NetworkRanges,
  ingressPorts: readonly number[],
  linked: readonly LinkedNetwork[] = [],
): Readonly<Record<TierName, readonly SecurityRule[]>> {
  const ports = ingressPorts.map(String);
  const fromInternet = (tier: TierName) =>
    ports.length > 0 ? [rule("internet", 100, "Allow", "Tcp", "Internet", ranges[tier], ports)] : [];
  const closed = (tier: TierName) => rule("no-others", 4000, "Deny", "*", "VirtualNetwork", ranges[tier], ["*"]);
  const shut = (tier: TierName) => linked.map(({ cidr }, index) => refusal(cidr, index, ranges[tier]));
  return {
    nodes: [...fromInternet("nodes"), ...linked.flatMap((network, index) => openings(network, index, ranges.nodes))],
    public: [...fromInternet("public"), ...shut("public")],
    database: [
      rule("postgres-from-nodes", 100, "Allow", "Tcp", ranges.nodes, ranges.database, POSTGRES_PORTS),
      // The standby follows the server within the subnet.
      rule("within", 110, "Allow", "*", ranges.database, ranges.database, ["*"]),
      closed("database"),
    ],
    endpoints: [
      rule("from-nodes", 100, "Allow", "Tcp", ranges.nodes, ranges.endpoints, ENDPOINT_PORTS),
      rule("from-api-server", 110, "Allow", "Tcp", ranges.apiServer, ranges.endpoints, ["443"]),
      closed("endpoints"),
    ],
    apiServer: shut("apiServer"),
  };
}

/** Lets a linked network in to what is named, and refuses the rest. */
function openings({ cidr, opens }: LinkedNetwork, index: number, to: string): SecurityRule[] {
  const ports = (protocol: "tcp" | "udp") =>
    opens.filter((each) => each.protocol === protocol).map(({ port }) => String(port));
  const allow = (protocol: "tcp" | "udp", priority: number) =>
    ports(protocol).length > 0
      ? [
          rule(
            `linked-${index}-${protocol}`,
            priority,
            "Allow",
            protocol === "tcp" ? "Tcp" : "Udp",
            cidr,
            to,
            ports(protocol),
          ),
        ]
      : [];
  return [...allow("tcp", 200 + 2 * index), ...allow("udp", 201 + 2 * index), refusal(cidr, index, to)];
}

function refusal(cidr: string, index: number, to: string): SecurityRule {
  return rule(`linked-${index}-no-others`, 3000 + index, "Deny", "*", cidr, to, ["*"]);
}

function rule(
  name: string,
  priority: number,
  access: SecurityRule["access"],
  protocol: SecurityRule["protocol"],
  sourceAddressPrefix: string,
  destinationAddressPrefix: string,
  destinationPortRanges: readonly string[],
): SecurityRule {
  return {
    name,
    priority,
    direction: "Inbound",
    access,
    protocol,
    sourceAddressPrefix,
    sourcePortRange: "*",
    destinationAddressPrefix,
    destinationPortRanges,
  };
}
