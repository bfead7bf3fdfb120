import { type ArgumentProblem, problemIf } from "../arguments";
import { parseCidr } from "../subnetLayout";
import type { ClusterNetwork, GcpClusterArgs } from "./cluster";
import { maintenanceProblems } from "./maintenance";
import { podCapacity } from "./networkRanges";
import { nodePoolProblems, PODS_PER_NODE } from "./nodePoolShape";

/** Pool names leave room for the fingerprint in GKE's 40 characters, and fit Azure's 12 where pools are shared. */
const POOL_NAME = /^[a-z][a-z0-9-]{0,30}[a-z0-9]$|^[a-z]$/;

/** What is known of a cluster's arguments before anything is made. */
type PlannedCluster = Omit<GcpClusterArgs, "network" | "keys"> & {
  readonly network: Pick<ClusterNetwork, "ranges" | "zones">;
};

/** All that is wrong with a cluster's arguments. */
export function clusterProblems(args: PlannedCluster): readonly ArgumentProblem[] {
  const { version, nodePools, network, maintenanceExclusions = [] } = args;
  const pools = Object.entries(nodePools);
  const badName = pools.map(([pool]) => pool).find((pool) => !POOL_NAME.test(pool));
  return [
    ...problemIf(
      !/^1\.\d{2}$/.test(version),
      "version",
      `is "${version}"; give a Kubernetes minor version such as 1.34, and GKE chooses the patch.`,
    ),
    ...problemIf(
      badName !== undefined,
      "nodePools",
      `has a pool named "${badName}"; allowed are at most 32 lower-case letters, digits and hyphens, a letter first.`,
    ),
    ...problemIf(
      pools.every(([, pool]) => pool.gpu !== undefined || (pool.taints ?? []).length > 0),
      "nodePools",
      `is {${Object.keys(nodePools).join(", ")}}, without a pool that has neither taint nor GPU; add one of 2 small nodes for the system's own pods.`,
    ),
    ...pools.flatMap(([pool, poolArgs]) => nodePoolProblems(`nodePools.${pool}`, poolArgs, network.zones)),
    ...capacityProblems(args),
    ...accessProblems(args),
    ...maintenanceProblems(maintenanceExclusions),
  ];
}

/** All pools at their greatest, each node with its block of pod addresses. */
function capacityProblems({ nodePools, network }: PlannedCluster): readonly ArgumentProblem[] {
  const shares = Object.values(nodePools).map(({ max, podsPerNode = PODS_PER_NODE }) => {
    const most = podCapacity(network.ranges.pods, podsPerNode);
    return { max, share: max / most };
  });
  const share = shares.reduce((sum, pool) => sum + pool.share, 0);
  const nodes = shares.reduce((sum, { max }) => sum + max, 0);
  return problemIf(
    share > 1,
    "nodePools",
    `may grow to ${nodes} nodes, but the pod range ${network.ranges.pods} holds ${Math.floor(nodes / share)}; lower max or podsPerNode, or give the network a shorter prefix.`,
  );
}

/** Who reaches the API server. */
function accessProblems(args: PlannedCluster): readonly ArgumentProblem[] {
  const { publicAccessCidrs = [], privateAccessCidrs = [], environment } = args;
  const wide = (cidr: string) => Number(cidr.split("/")[1]) < 8;
  return [
    ...publicAccessCidrs.flatMap((cidr, index) => [
      ...cidrProblem(`publicAccessCidrs[${index}]`, cidr, "203.0.113.0/24"),
      ...problemIf(
        environment === "prod" && wide(cidr),
        `publicAccessCidrs[${index}]`,
        `is ${cidr}, which is everyone; in prod name your own networks, or set dnsEndpoint, which IAM guards.`,
      ),
    ]),
    ...privateAccessCidrs.flatMap((cidr, index) => cidrProblem(`privateAccessCidrs[${index}]`, cidr, "10.1.0.0/16")),
  ];
}

function cidrProblem(path: string, cidr: string, example: string): readonly ArgumentProblem[] {
  return problemIf(
    parseCidr(cidr) === undefined,
    path,
    `is "${cidr}", which is not an IPv4 network in CIDR notation without host bits; give one such as ${example}.`,
  );
}
