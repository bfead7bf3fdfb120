import { type ArgumentProblem, problemIf } from "../arguments";
import { overlaps, parseCidr } from "../subnetLayout";
import type { AzureClusterArgs, ClusterNetwork } from "./cluster";
import { maintenanceProblems } from "./maintenance";
import { isSpot, nodePoolProblems } from "./nodePoolShape";

/** Ranges of pods and services unless the caller says otherwise; the same in every cluster, as none is seen outside. */
export const OVERLAY = { podCidr: "192.168.0.0/16", serviceCidr: "172.20.0.0/16" } as const;

/** Every node has a /24 of the overlay. Source: AKS, "Azure CNI Overlay", IP address planning. */
const NODE_BLOCK = 256;

/** Ranges that AKS keeps for itself. Source: AKS, "Azure CNI prerequisites". */
const RESERVED = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

/** Most ranges that the API server checks callers against. */
const MOST_RANGES = 200;

const POOL_NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** What is known of a cluster's arguments before anything is made. */
type PlannedCluster = Omit<AzureClusterArgs, "network" | "tenantId" | "encryption" | "registryId"> & {
  readonly network: Pick<ClusterNetwork, "cidr" | "zones" | "hasNat">;
};

/** All that is wrong with a cluster's arguments. */
export function clusterProblems(args: PlannedCluster): readonly ArgumentProblem[] {
  const { version, nodePools, network, environment, maintenanceExclusions = [] } = args;
  const pools = Object.entries(nodePools);
  const badName = pools.map(([pool]) => pool).find((pool) => !POOL_NAME.test(pool));
  const open = pools.filter(
    ([, pool]) => pool.gpu === undefined && (pool.taints ?? []).length === 0 && !isSpot(pool, environment),
  );
  return [
    ...problemIf(
      !/^1\.\d{2}$/.test(version),
      "version",
      `is "${version}"; give a Kubernetes minor version such as 1.34, and AKS chooses the patch.`,
    ),
    ...problemIf(
      !network.hasNat,
      "network.nat",
      'is "none", but AKS starts nodes from images that lie outside; give "single" or "onePerZone".',
    ),
    ...problemIf(
      badName !== undefined,
      "nodePools",
      `has a pool named "${badName}"; allowed are at most 32 lower-case letters, digits and hyphens, a letter first.`,
    ),
    ...problemIf(
      environment === "prod" && open.length === 0,
      "nodePools",
      `is {${pools.map(([pool]) => pool).join(", ")}}, without a pool that has neither taint nor GPU nor spot nodes; in prod the system pool takes AKS's own pods alone, so add one.`,
    ),
    ...pools.flatMap(([pool, poolArgs]) => nodePoolProblems(`nodePools.${pool}`, poolArgs, network.zones)),
    ...overlayProblems(args),
    ...accessProblems(args),
    ...maintenanceProblems(maintenanceExclusions),
  ];
}

/** Pods and services must lie apart from the network and from what AKS keeps, and hold all nodes. */
function overlayProblems(args: PlannedCluster): readonly ArgumentProblem[] {
  const { network, nodePools, podCidr = OVERLAY.podCidr, serviceCidr = OVERLAY.serviceCidr } = args;
  const nodes = Object.values(nodePools).reduce((sum, { max }) => sum + max, 0);
  const pods = parseCidr(podCidr);
  const room = pods ? Math.floor((pods.end - pods.start) / NODE_BLOCK) : 0;
  const others: Readonly<Record<string, readonly string[]>> = {
    podCidr: [network.cidr, serviceCidr, ...RESERVED],
    serviceCidr: [network.cidr, ...RESERVED],
  };
  return [
    ...Object.entries({ podCidr, serviceCidr }).flatMap(([path, cidr]) => {
      const clash = others[path]?.find((other) => overlaps(cidr, other));
      return [
        ...problemIf(
          parseCidr(cidr) === undefined,
          path,
          `is "${cidr}", which is not an IPv4 network in CIDR notation without host bits; give one such as ${OVERLAY[path as keyof typeof OVERLAY]}.`,
        ),
        ...problemIf(clash !== undefined, path, `is ${cidr}, which overlaps ${clash}; give a range apart from it.`),
      ];
    }),
    ...problemIf(
      pods !== undefined && nodes > room,
      "nodePools",
      `may grow to ${nodes} nodes, but the overlay ${podCidr} holds ${room}; lower max, or give podCidr a shorter prefix.`,
    ),
  ];
}

/** Who reaches the API server. */
function accessProblems({ publicAccessCidrs = [], environment }: PlannedCluster): readonly ArgumentProblem[] {
  const each = publicAccessCidrs.flatMap((cidr, index) => {
    const path = `publicAccessCidrs[${index}]`;
    const wide = Number(cidr.split("/")[1]) < 8;
    return [
      ...problemIf(
        parseCidr(cidr) === undefined,
        path,
        `is "${cidr}", which is not an IPv4 network in CIDR notation without host bits; give one such as 203.0.113.0/24.`,
      ),
      ...problemIf(
        environment === "prod" && wide,
        path,
        `is ${cidr}, which is everyone; in prod name your own networks, or leave it empty and go through the network.`,
      ),
    ];
  });
  const count = publicAccessCidrs.length;
  return [
    ...each,
    ...problemIf(count > MOST_RANGES, "publicAccessCidrs", `has ${count} entries; AKS allows ${MOST_RANGES}.`),
  ];
}
