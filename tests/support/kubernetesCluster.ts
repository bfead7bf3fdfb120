import type { ClusterTarget } from "../../components/kubernetes/target";
import { levelOf, type Rule, type StackResource, settingsOf } from "../../policies/frame/rule";
import { type ComputedOutputs, type Recording, record } from "./pulumiMocks";

/** A cluster with a pool of each kind: plain, and with GPUs behind their taint. */
export function clusterTarget(changes: Partial<ClusterTarget> = {}): ClusterTarget {
  const gpuTaint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" } as const;
  return {
    stack: "prod",
    environment: "prod",
    cloud: "aws",
    region: "us-east-1",
    clusterName: "tideline-prod-cluster",
    networkCidr: "10.0.0.0/16",
    nodePools: {
      general: { labels: { "tideline.dev/pool": "general" }, taints: [], gpusPerNode: 0 },
      gpu: { labels: { "tideline.dev/pool": "gpu" }, taints: [gpuTaint], gpusPerNode: 4 },
    },
    ...changes,
  };
}

/** Takes every type of the kubernetes provider, which echoes what it is given, and passwords. */
const anyKubernetesType = new Proxy<Readonly<Record<string, ComputedOutputs>>>(
  {},
  {
    get: (_, type) => {
      if (type === "random:index/randomPassword:RandomPassword") return () => ({ result: "a-random-password" });
      return String(type).startsWith("kubernetes:") ? () => ({}) : undefined;
    },
  },
);

/** Records a program whose resources are of the kubernetes provider, and passwords. */
export function recordKubernetes<T>(
  program: () => T,
  { preview = false }: { readonly preview?: boolean } = {},
): Promise<Recording<T>> {
  return record(program, { types: anyKubernetesType, preview });
}

/** An object as the API server gets it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** The objects of a recording, in order, with the charts left out. */
export function objectsOf(recording: Recording<unknown>): readonly KubernetesObject[] {
  return recording.resources
    .filter(({ custom, type }) => custom && type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm"))
    .map(({ inputs }) => inputs as KubernetesObject);
}

/** Resources as rules get them. */
export function asRuleResources(recording: Recording<unknown>): readonly StackResource[] {
  return recording.resources
    .filter(({ custom }) => custom)
    .map(({ type, name, urn, inputs }) => ({
      type,
      name,
      urn,
      props: inputs,
      dependencies: [],
      propertyDependencies: {},
    }));
}

/** What rules that are mandatory in prod find wrong, as "rule: problem". */
export function violations(found: Recording<unknown> | readonly StackResource[], rules: readonly Rule[]): string[] {
  const resources = "resources" in found ? asRuleResources(found) : found;
  return rules
    .filter((rule) => levelOf(rule, "prod") === "mandatory")
    .flatMap((rule) => {
      const texts =
        "checkStack" in rule
          ? rule.checkStack(resources, settingsOf(rule)).map(({ text }) => text)
          : resources
              .filter(({ type }) => rule.types.includes(type))
              .flatMap((resource) =>
                rule.check(resource, settingsOf(rule)).map((problem) => `${resource.name}: ${problem}`),
              );
      return texts.map((text) => `${rule.name}: ${text}`);
    });
}
