import { type ArgumentProblem, problemIf, within } from "../arguments";
import type { NodePoolShape } from "../contract";
import { parseCidr } from "../subnetLayout";
import { VERSIONS } from "./addons";
import type { AwsClusterArgs } from "./cluster";
import { retentionProblem } from "./logGroup";
import { nodePoolProblems } from "./nodePoolProblems";
import { type AwsNodePoolSpec, poolShape } from "./nodePoolShape";

/** Name of the pool for system pods, which no pool of the caller's may have. */
export const SYSTEM_POOL = "system";

/** All five kinds of control plane logs. */
export const LOG_TYPES: readonly string[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** The pools of a cluster, the one for system pods first; none with Auto Mode, which has its own. */
export function nodePools(args: Pick<AwsClusterArgs, "place" | "compute">): Readonly<Record<string, AwsNodePoolSpec>> {
  const { compute, place } = args;
  if ("auto" in compute) return {};
  return { [SYSTEM_POOL]: compute.systemPool ?? systemPool(place.environment), ...compute.pools };
}

/** Two nodes so that DNS outlives either; on demand, since everything else depends on them. */
function systemPool(environment: "dev" | "staging" | "prod"): AwsNodePoolSpec {
  return {
    instanceTypes: [environment === "prod" ? "m6i.large" : "t3.large"],
    capacity: "onDemand",
    min: 2,
    max: environment === "prod" ? 4 : 3,
    diskGb: 50,
  };
}

/** What the pools look like to pods, by name. */
export function poolShapes(args: Pick<AwsClusterArgs, "place" | "compute">): Readonly<Record<string, NodePoolShape>> {
  return Object.fromEntries(Object.entries(nodePools(args)).map(([name, spec]) => [name, poolShape(name, spec)]));
}

/** All that is wrong with a cluster's arguments. */
export function clusterProblems(args: AwsClusterArgs): readonly ArgumentProblem[] {
  const { version, place, zones, logRetentionDays, addonVersions = {} } = args;
  const retention = retentionProblem(logRetentionDays);
  const around = { environment: place.environment, version, zones };
  const odd = Object.entries(addonVersions).find(([, pin]) => !/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(pin));
  return [
    ...problemIf(
      !VERSIONS.includes(version),
      "version",
      `is "${version}", for which no add-ons are pinned; give one of ${VERSIONS.join(", ")}.`,
    ),
    ...accessProblems(args),
    ...computeProblems(args),
    ...Object.entries(nodePools(args)).flatMap(([name, spec]) =>
      within("compute", nodePoolProblems(name === SYSTEM_POOL ? "systemPool" : `pools.${name}`, name, spec, around)),
    ),
    ...problemIf(
      odd !== undefined,
      `addonVersions.${odd?.[0]}`,
      `is "${odd?.[1]}"; give a version in full, such as v1.12.3-eksbuild.1.`,
    ),
    ...problemIf(retention !== undefined, "logRetentionDays", retention ?? ""),
  ];
}

function accessProblems(args: AwsClusterArgs): readonly ArgumentProblem[] {
  const { place, publicAccessCidrs = [], administrators, grants = {} } = args;
  const open = publicAccessCidrs.findIndex((cidr) => cidr.endsWith("/0"));
  const odd = publicAccessCidrs.findIndex((cidr) => !parseCidr(cidr));
  const principal = administrators.findIndex((arn) => typeof arn === "string" && !PRINCIPAL.test(arn));
  return [
    ...problemIf(
      odd >= 0,
      `publicAccessCidrs[${odd}]`,
      `is "${publicAccessCidrs[odd]}", which is not an IPv4 network in CIDR notation; give one such as 198.51.100.0/24.`,
    ),
    ...problemIf(
      open >= 0 && place.environment === "prod",
      `publicAccessCidrs[${open}]`,
      `is ${publicAccessCidrs[open]} in prod, which is everyone; give the networks of your offices and CI, or none for a private endpoint.`,
    ),
    ...problemIf(
      administrators.length === 0,
      "administrators",
      "is empty, so that nobody could reach the cluster; give the ARN of at least one role.",
    ),
    ...problemIf(
      principal >= 0,
      `administrators[${principal}]`,
      `is "${String(administrators[principal])}", which is no role or user; give an ARN such as arn:aws:iam::123456789012:role/admin, not of a session.`,
    ),
    ...Object.entries(grants).flatMap(([who, { principalArn, namespaces }]) => [
      ...problemIf(
        !PRINCIPAL.test(principalArn) || administrators.includes(principalArn),
        `grants.${who}.principalArn`,
        `is "${principalArn}"; give the ARN of a role or user that is not among the administrators, once each.`,
      ),
      ...problemIf(
        namespaces?.length === 0,
        `grants.${who}.namespaces`,
        "is empty, which EKS refuses; name namespaces, or leave it out for the whole cluster.",
      ),
    ]),
  ];
}

/** What an access entry can be for. */
const PRINCIPAL = /^arn:aws:iam::\d{12}:(role|user)\/.+/;

function computeProblems({ compute }: AwsClusterArgs): readonly ArgumentProblem[] {
  if ("auto" in compute) {
    return [
      ...problemIf(
        compute.auto.length === 0,
        "compute.auto",
        'is empty, so that no node would ever start; give ["general-purpose", "system"] or one of them.',
      ),
      ...problemIf(
        compute.gpuDriver === "dra",
        "compute.gpuDriver",
        'is "dra" with EKS Auto Mode, which runs no drivers of yours on its nodes; give "devicePlugin", or pools of your own.',
      ),
    ];
  }
  const names = Object.keys(compute.pools);
  const karpenterGpu = Object.entries(compute.pools).find(([, { gpu }]) => gpu?.sharing === "dra");
  return [
    ...problemIf(names.length === 0, "compute.pools", "is empty; give at least one pool, such as general."),
    ...problemIf(
      names.includes(SYSTEM_POOL),
      `compute.pools.${SYSTEM_POOL}`,
      "has the name of the pool for system pods; give another, or set compute.systemPool.",
    ),
    ...problemIf(
      compute.karpenter !== undefined && karpenterGpu !== undefined,
      `compute.pools.${karpenterGpu?.[0]}.gpu.sharing`,
      'is "dra" beside Karpenter, which does not know claims and would start nodes for the same pods; give "whole", or leave karpenter out.',
    ),
  ];
}
