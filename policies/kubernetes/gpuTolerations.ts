import { podOf } from "../frame/containers";
import { list, objects, read } from "../frame/read";
import { ofType } from "../frame/relations";
import { defineRule, type Properties, type StackResource } from "../frame/rule";

const POOLS = [
  "aws:eks/nodeGroup:NodeGroup",
  "gcp:container/nodePool:NodePool",
  "azure-native:containerservice:AgentPool",
];
const DAEMON_SET = "kubernetes:apps/v1:DaemonSet";

/** What watches and feeds GPUs runs on the nodes that have them. */
export const gpuTolerations = defineRule({
  name: "gpu-tolerations",
  title: "Every DaemonSet that asks for GPU nodes tolerates their taints.",
  why: "The device plugin of a tainted pool starts nowhere otherwise, and no pod ever gets a GPU.",
  fix: "Add the taint's key to the DaemonSet's tolerations.",
  severity: "high",
  purpose: "capacity",
  types: [...POOLS, DAEMON_SET],
  checkStack: (resources) => {
    const taints = [...new Set(POOLS.flatMap((type) => ofType(resources, type)).flatMap(gpuTaints))];
    return ofType(resources, DAEMON_SET)
      .filter(asksForGpuNodes)
      .flatMap((daemons) => {
        const tolerations = objects(podOf(daemons), "tolerations");
        const refused = taints.filter((taint) => !tolerations.some((toleration) => tolerates(toleration, taint)));
        if (refused.length === 0) return [];
        return [{ urn: daemons.urn, text: `${daemons.name} does not tolerate ${refused.join(", ")}.` }];
      });
  },
});

/** Keys of the taints of a pool that has GPUs. */
function gpuTaints({ props }: StackResource): string[] {
  const taints = [...objects(props, "taints"), ...objects(props, "nodeConfig.taints")];
  // Azure writes a taint as KEY=VALUE:EFFECT.
  const written = list(props, "nodeTaints").map((taint) => String(taint).split(/[=:]/)[0] ?? "");
  const keys = [...taints.map(({ key }) => String(key)), ...written];
  return keys.some((key) => key === "nvidia.com/gpu") ? keys : [];
}

function asksForGpuNodes(daemons: StackResource): boolean {
  return JSON.stringify(read(podOf(daemons), "nodeSelector") ?? read(podOf(daemons), "affinity") ?? {}).includes("gpu");
}

function tolerates(toleration: Properties, taint: string): boolean {
  return toleration.key === taint || (toleration.key === undefined && toleration.operator === "Exists");
}
