import { type ArgumentProblem, problemIf } from "../arguments";
import { acceleratorsOf, isArm } from "./accelerators";
import { AMI_TYPES, type AwsNodePoolSpec, capacityType, desiredSize } from "./nodePoolShape";

/** What a pool must fit to. */
export interface PoolSurroundings {
  readonly environment: string;
  /** Kubernetes minor version, such as 1.34. */
  readonly version: string;
  /** Zones of the network. */
  readonly zones: number;
}

/** All that is wrong with one node pool. */
export function nodePoolProblems(
  path: string,
  name: string,
  spec: AwsNodePoolSpec,
  around: PoolSurroundings,
): readonly ArgumentProblem[] {
  return [
    ...problemIf(
      !/^[a-z][a-z0-9-]{0,11}$/.test(name),
      path,
      `is named "${name}"; give a name of at most 12 lower-case letters, digits and -, starting with a letter.`,
    ),
    ...sizeProblems(path, spec),
    ...instanceProblems(path, spec, around),
    ...gpuProblems(path, spec, around),
    ...nodeProblems(path, spec, around),
  ];
}

function sizeProblems(path: string, spec: AwsNodePoolSpec): readonly ArgumentProblem[] {
  const { min, max, diskGb } = spec;
  const desired = desiredSize(spec);
  const whole = Number.isInteger(min) && Number.isInteger(max);
  return [
    ...problemIf(
      !whole || min < 0 || max < 1 || min > max,
      `${path}.min`,
      `is ${min} and max is ${max}; give whole numbers with 0 <= min <= max and max >= 1.`,
    ),
    ...problemIf(
      whole && min <= max && (desired < min || desired > max),
      `${path}.desired`,
      `is ${desired}, outside min ${min} to max ${max}; give a number between, or leave it out.`,
    ),
    ...problemIf(
      diskGb !== undefined && (diskGb < 20 || diskGb > 16_384),
      `${path}.diskGb`,
      `is ${diskGb}; give 20 to 16384 GiB, what a gp3 volume can be and the AMI needs.`,
    ),
  ];
}

function instanceProblems(
  path: string,
  { instanceTypes, capacity, amiType, zones }: AwsNodePoolSpec,
  around: PoolSurroundings,
): readonly ArgumentProblem[] {
  const odd = instanceTypes.find((type) => !/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type));
  const block = typeof capacity === "object" ? capacity.reservedBlock : undefined;
  return [
    ...problemIf(
      instanceTypes.length === 0,
      `${path}.instanceTypes`,
      "is empty; give at least one, such as m6i.large.",
    ),
    ...problemIf(
      odd !== undefined,
      `${path}.instanceTypes`,
      `has "${odd}", which is no instance type; give one such as m6i.large.`,
    ),
    ...problemIf(
      new Set(instanceTypes.map(isArm)).size > 1,
      `${path}.instanceTypes`,
      `mixes ARM and x86 (${instanceTypes.join(", ")}), which one AMI cannot serve; make two pools.`,
    ),
    ...problemIf(
      amiType !== undefined && !AMI_TYPES.includes(amiType),
      `${path}.amiType`,
      `is "${amiType}"; give one of ${AMI_TYPES.join(", ")}. AWS no longer builds AL2.`,
    ),
    ...problemIf(
      block !== undefined && !/^cr-[0-9a-f]{17}$/.test(block),
      `${path}.capacity.reservedBlock`,
      `is "${block}", which is no capacity reservation's id; give one such as cr-0123456789abcdef0.`,
    ),
    ...problemIf(
      block !== undefined && (instanceTypes.length !== 1 || zones?.length !== 1),
      `${path}.capacity.reservedBlock`,
      `reserves one instance type in one zone, but the pool has ${instanceTypes.length} types and ${zones?.length ?? around.zones} zones; give instanceTypes one member and zones the reservation's.`,
    ),
  ];
}

function gpuProblems(path: string, spec: AwsNodePoolSpec, around: PoolSurroundings): readonly ArgumentProblem[] {
  const { gpu, instanceTypes, min, max } = spec;
  if (!gpu) {
    const type = instanceTypes.find((candidate) => acceleratorsOf(candidate));
    return problemIf(
      type !== undefined,
      `${path}.gpu`,
      `is not given, but ${type} has ${acceleratorsOf(type ?? "")?.count} x ${acceleratorsOf(type ?? "")?.type}; give gpu, or an instance type without.`,
    );
  }
  const sharing = gpu.sharing ?? "whole";
  const mismatch = instanceTypes.find((type) => {
    const found = acceleratorsOf(type);
    return found?.type !== gpu.type || found.count !== gpu.count;
  });
  const found = acceleratorsOf(mismatch ?? "");
  const profiles = acceleratorsOf(instanceTypes[0] ?? "")?.migProfiles ?? [];
  const mig = typeof sharing === "object" && "mig" in sharing ? sharing.mig : undefined;
  const slices = typeof sharing === "object" && "timeSliced" in sharing ? sharing.timeSliced : undefined;
  return [
    ...problemIf(
      mismatch !== undefined,
      `${path}.gpu`,
      `is ${gpu.count} x ${gpu.type}, but ${mismatch} has ${found ? `${found.count} x ${found.type}` : "no GPU"}; make them agree.`,
    ),
    ...problemIf(
      mig !== undefined && !profiles.includes(mig),
      `${path}.gpu.sharing.mig`,
      `is "${mig}", which ${gpu.type} cannot be cut into; ${profiles.length > 0 ? `give one of ${profiles.join(", ")}` : "it has no MIG, so give timeSliced"}.`,
    ),
    ...problemIf(
      slices !== undefined && (!Number.isInteger(slices) || slices < 2 || slices > 48),
      `${path}.gpu.sharing.timeSliced`,
      `is ${slices}; give a whole number of pods a GPU, 2 to 48.`,
    ),
    ...problemIf(
      sharing === "dra" && minor(around.version) < 34,
      `${path}.gpu.sharing`,
      `is "dra" on Kubernetes ${around.version}, where it is not finished; give version 1.34 or later, or "whole".`,
    ),
    ...problemIf(
      sharing === "dra" && min !== max,
      `${path}.gpu.sharing`,
      `is "dra" in a pool of ${min} to ${max} nodes, which no autoscaler can size by claims; make min and max equal, or give "whole".`,
    ),
  ];
}

function nodeProblems(path: string, spec: AwsNodePoolSpec, around: PoolSurroundings): readonly ArgumentProblem[] {
  const { labels = {}, zones = [], gpu, taints } = spec;
  const reserved = Object.keys(labels).find((key) => /(^|\.)(eks\.amazonaws\.com|kubernetes\.io|k8s\.io)\//.test(key));
  const beyond = zones.find((zone) => !Number.isInteger(zone) || zone < 0 || zone >= around.zones);
  return [
    ...problemIf(
      reserved !== undefined,
      `${path}.labels`,
      `has "${reserved}", a name that Kubernetes and EKS keep for themselves; give one with a prefix of yours.`,
    ),
    ...problemIf(
      beyond !== undefined,
      `${path}.zones`,
      `has ${beyond}, but the network has ${around.zones} zones; give numbers from 0 to ${around.zones - 1}.`,
    ),
    ...problemIf(
      gpu !== undefined && taints !== undefined && !taints.some(({ key }) => key === "nvidia.com/gpu"),
      `${path}.taints`,
      "leave out nvidia.com/gpu, so that pods without a GPU would fill these nodes; add it, or leave taints out.",
    ),
    ...problemIf(
      gpu !== undefined && around.environment === "prod" && capacityType(spec, around.environment) === "SPOT",
      `${path}.capacity`,
      'is "spot" for GPUs in prod, which AWS may take away within two minutes; give "onDemand" or a reservedBlock.',
    ),
  ];
}

function minor(version: string): number {
  return Number(version.split(".")[1]);
}
