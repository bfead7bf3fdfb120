/** Requests and limits of a container, Kubernetes quantities. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/** Memory is limited to what is asked for, so that a pod is never killed for its neighbours' sake; CPU is not limited. */
export function resources(cpu: string, memory: string): Resources {
  return { requests: { cpu, memory }, limits: { memory } };
}

/** On every node, whatever its taints: what watches nodes must not miss any. */
export const EVERY_NODE = [{ operator: "Exists" }] as const;

/** Service account of a chart, bound to a cloud identity by its annotations. */
export interface ChartAccount {
  readonly create: true;
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Label by which Azure gives a pod the tokens of its identity; other clouds need none. */
export function identityLabels(cloud: "aws" | "gcp" | "azure"): Readonly<Record<string, string>> {
  return cloud === "azure" ? { "azure.workload.identity/use": "true" } : {};
}
