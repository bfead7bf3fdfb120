import type { Live, Made, ResourceType, Rule } from "../resourceType";
import { CLUSTER } from "./cluster";
import {
  fixed,
  flag,
  gcpType,
  input,
  list,
  nested,
  number,
  object,
  oneOf,
  others,
  projectOf,
  refers,
  regionOf,
  text,
} from "./gcpType";
import { encrypts } from "./keys";
import { isMachineType } from "./machineTypes";
import { SUBNETWORK } from "./networkRules";
import { nodeConfig } from "./nodeConfig";

const NODE_POOL = "gcp:container/nodePool:NodePool";

/** Machine series that carry their accelerators, and which. */
const BUILT_IN: Readonly<Record<string, RegExp>> = {
  g2: /^nvidia-l4$/,
  a2: /^nvidia-(tesla-a100|a100-80gb)$/,
  a3: /^nvidia-(h100-80gb|h100-mega-80gb|h200-141gb)$/,
  a4: /^nvidia-b200$/,
};

/** Series that accelerators can be added to, and which. */
const ADDED: Readonly<Record<string, RegExp>> = { n1: /^nvidia-tesla-(t4|p4|p100|v100)$/ };

const acceleratorFits: Rule = (made) => {
  const machine = String(nested(made.inputs.nodeConfig, "machineType") ?? "e2-medium");
  const series = machine.split("-")[0] ?? "";
  const accelerators = nested(made.inputs.nodeConfig, "guestAccelerators");
  const [first] = Array.isArray(accelerators) ? accelerators : [];
  const type = nested(first, "type");
  if (type === undefined) return undefined;
  const fits = { ...BUILT_IN, ...ADDED }[series]?.test(String(type)) ?? false;
  return fits
    ? undefined
    : `googleapi: Error 400: Accelerator type "${type}" is not supported with machine type ${machine}., badRequest`;
};

const machineExists: Rule = ({ inputs }) => {
  const machine = String(nested(inputs.nodeConfig, "machineType") ?? "e2-medium");
  return isMachineType(machine)
    ? undefined
    : `googleapi: Error 400: Machine type with name "${machine}" does not exist in zone., badRequest`;
};

const counts: Rule = ({ inputs }) => {
  const [least, most] = ["totalMinNodeCount", "totalMaxNodeCount"].map((part) =>
    Number(nested(inputs.autoscaling, part) ?? 0),
  );
  return (least ?? 0) <= (most ?? 0) && (most ?? 0) >= 1
    ? undefined
    : `googleapi: Error 400: Autoscaling total_min_node_count ${least} must not exceed total_max_node_count ${most}, which must be at least 1., badRequest`;
};

const upgradable: Rule = ({ inputs }) => {
  const [surge, missing] = ["maxSurge", "maxUnavailable"].map((part) =>
    Number(nested(inputs.upgradeSettings, part) ?? 0),
  );
  return (surge ?? 0) + (missing ?? 0) > 0
    ? undefined
    : "googleapi: Error 400: max_surge and max_unavailable cannot both be 0., badRequest";
};

/** Every node takes a block of the pod range; GKE refuses pools that could never fill up. */
const podsFit: Rule = (made, current) => {
  const cluster = made.world.find([CLUSTER], made.inputs.cluster);
  const subnet = made.world.find([SUBNETWORK], cluster?.inputs.subnetwork);
  const rangeName = nested(cluster?.inputs.ipAllocationPolicy, "clusterSecondaryRangeName");
  const ranges = Array.isArray(subnet?.inputs.secondaryIpRanges) ? subnet.inputs.secondaryIpRanges : [];
  const cidr = String(
    nested(
      ranges.find((range) => nested(range, "rangeName") === rangeName),
      "ipCidrRange",
    ) ?? "",
  );
  if (cidr === "") return undefined;
  const available = 2 ** (32 - Number(cidr.split("/")[1]));
  const pools = others(made, current, NODE_POOL).filter(({ inputs }) => inputs.cluster === made.inputs.cluster);
  const wanted = [made, ...pools].reduce((sum, pool) => sum + podAddresses(pool, cluster), 0);
  return wanted <= available
    ? undefined
    : `googleapi: Error 400: IP_SPACE_EXHAUSTED: the pod range ${cidr} has ${available} addresses; the cluster's pools at their greatest need ${wanted}., badRequest`;
};

function podAddresses({ inputs }: Pick<Live | Made, "inputs">, cluster: Live | undefined): number {
  const pods = Number(inputs.maxPodsPerNode ?? cluster?.inputs.defaultMaxPodsPerNode ?? 110);
  return Number(nested(inputs.autoscaling, "totalMaxNodeCount") ?? 1) * 2 ** Math.ceil(Math.log2(2 * pods));
}

/** GKE's node pools. Sources: GKE API v1; the provider's schema, 9.x. */
export const nodePoolType: ResourceType = gcpType({
  token: NODE_POOL,
  api: "container",
  inputs: {
    name: text({ required: true, replaces: true, pattern: /[a-z]([a-z0-9-]{0,38}[a-z0-9])?/ }),
    location: text({ required: true, replaces: true }),
    cluster: refers(CLUSTER, ["name"], { required: true, replaces: true }),
    nodeLocations: list(text(), { min: 1 }),
    initialNodeCount: number({ min: 0, max: 1000, replaces: true }),
    nodeCount: number({ min: 0, max: 1000 }),
    version: text(),
    autoscaling: object({
      totalMinNodeCount: number({ min: 0, max: 15_000 }),
      totalMaxNodeCount: number({ min: 1, max: 15_000 }),
      locationPolicy: oneOf("ANY", "BALANCED"),
    }),
    maxPodsPerNode: fixed(number({ min: 8, max: 256 })),
    management: object({ autoRepair: flag(), autoUpgrade: flag() }),
    upgradeSettings: object({
      strategy: oneOf("SURGE", "BLUE_GREEN"),
      maxSurge: number({ min: 0, max: 20 }),
      maxUnavailable: number({ min: 0, max: 20 }),
    }),
    nodeConfig,
  },
  rules: [
    counts,
    upgradable,
    machineExists,
    acceleratorFits,
    podsFit,
    encrypts(
      (made) => nested(made.inputs.nodeConfig, "bootDiskKmsKey"),
      "compute-system.iam.gserviceaccount.com",
      regionOf,
    ),
  ],
  id: (made) =>
    `projects/${projectOf(made)}/locations/${regionOf(made)}/clusters/${input(made, "cluster")}/nodePools/${input(made, "name")}`,
  outputs: (made) => ({
    instanceGroupUrls: [],
    managedInstanceGroupUrls: [],
    version: "1.34.1-gke.1000000",
    operation: "",
    nodeCount: nested(made.inputs.autoscaling, "totalMinNodeCount") ?? 0,
  }),
});
