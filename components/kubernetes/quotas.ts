import { ML_PLATFORM } from "./namespaces";

/** How much the namespaces of a cluster may take together. */
export type ClusterSize = "small" | "medium" | "large";

const SCALE: Readonly<Record<ClusterSize, number>> = { small: 1, medium: 4, large: 16 };

/** Most GPUs that model servers and training ask for at once. */
const GPUS: Readonly<Record<ClusterSize, number>> = { small: 2, medium: 8, large: 64 };

/**
 * What all pods of a namespace may ask for together, so that none starves the others. A Service of type LoadBalancer
 * or NodePort would go around the gateway, so there are none.
 */
export function quotaOf(namespace: string, size: ClusterSize): Record<string, string> {
  const scale = SCALE[size];
  const gpus = namespace === ML_PLATFORM ? GPUS[size] : 0;
  return {
    "requests.cpu": String(16 * scale),
    "requests.memory": `${64 * scale}Gi`,
    "limits.memory": `${128 * scale}Gi`,
    "requests.nvidia.com/gpu": String(gpus),
    "requests.storage": `${500 * scale}Gi`,
    persistentvolumeclaims: String(20 * scale),
    pods: String(100 * scale),
    "services.loadbalancers": "0",
    "services.nodeports": "0",
  };
}

/** What a container gets that says nothing, and the most that one may have. */
export const LIMITS = {
  type: "Container",
  defaultRequest: { cpu: "100m", memory: "128Mi" },
  default: { memory: "512Mi" },
  max: { memory: "256Gi" },
};
