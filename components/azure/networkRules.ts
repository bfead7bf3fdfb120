import type { NetworkRanges, TierName } from "./networkRanges";

/** A rule of a network security group, as Azure takes it; ranges of addresses, lower priority first. */
export interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: "Tcp" | "*";
  readonly sourceAddressPrefix: string;
  readonly sourcePortRange: "*";
  readonly destinationAddressPrefix: string;
  readonly destinationPortRanges: readonly string[];
}

/** Postgres and its pooler. */
const POSTGRES_PORTS = ["5432", "6432"];

/** HTTPS, and Azure Managed Redis with the nodes of its cluster. */
const ENDPOINT_PORTS = ["443", "8500-8599", "10000"];

/**
 * Rules by tier. Azure's own come after them: they let the virtual network and load balancer probes in and refuse the
 * internet, so what is not named here is closed to the world.
 * @param ingressPorts what the internet may reach on load balancers in `public` and `nodes`.
 */
export function securityRules(
  ranges: NetworkRanges,
  ingressPorts: readonly number[],
): Readonly<Record<TierName, readonly SecurityRule[]>> {
  const ports = ingressPorts.map(String);
  const fromInternet = (tier: TierName) =>
    ports.length > 0 ? [rule("internet", 100, "Allow", "Tcp", "Internet", ranges[tier], ports)] : [];
  const closed = (tier: TierName) => rule("no-others", 4000, "Deny", "*", "VirtualNetwork", ranges[tier], ["*"]);
  return {
    nodes: fromInternet("nodes"),
    public: fromInternet("public"),
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
    apiServer: [],
  };
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
