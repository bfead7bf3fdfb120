import { type Labels, standardLabels } from "./labels";

/** Pod Security level that the API server enforces. Source: Kubernetes, "Pod Security Standards". */
export type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/** A namespace that Tideline makes. */
export type NamespaceSpec = {
  /** What runs there, in a few words. */
  readonly purpose: string;
  /** Whether only Tideline's own flows go in and out, or also those that every operator needs. */
  readonly kind: "own" | "operator";
} & ({ readonly level: "restricted" } | { readonly level: "baseline" | "privileged"; readonly because: string });

/** Where the bundled services run. */
export const ML_PLATFORM = "ml-platform";
export const MLFLOW = "mlflow";
export const MONITORING = "monitoring";
export const LOGGING = "logging";
export const VAULT = "vault";
/** Where requests from outside come in. */
export const GATEWAY = "gateway";
/** Where what feeds and watches GPUs runs. */
export const GPU = "gpu";

/** Every namespace that Tideline makes, by name; a level below restricted says what forces it. */
export const NAMESPACES: Readonly<Record<string, NamespaceSpec>> = {
  [ML_PLATFORM]: { purpose: "model servers, drift monitor, training", kind: "own", level: "restricted" },
  [MLFLOW]: { purpose: "experiments and model registry", kind: "own", level: "restricted" },
  [MONITORING]: {
    purpose: "metrics, traces, alerts and dashboards",
    kind: "own",
    level: "privileged",
    because: "the node exporter reads the node's /proc and /sys through hostPath, in the node's network",
  },
  [LOGGING]: {
    purpose: "logs",
    kind: "own",
    level: "privileged",
    because: "the log collector reads /var/log of the node through hostPath",
  },
  [VAULT]: { purpose: "secrets", kind: "own", level: "restricted" },
  [GATEWAY]: { purpose: "the gateway that requests from outside come through", kind: "own", level: "restricted" },
  [GPU]: {
    purpose: "device plugin and GPU metrics",
    kind: "own",
    level: "privileged",
    because: "the device plugin registers at the kubelet's socket and reads the driver, both through hostPath",
  },
  "external-secrets": { purpose: "copies secrets from the cloud's store", kind: "operator", level: "restricted" },
  "cert-manager": { purpose: "certificates", kind: "operator", level: "restricted" },
  keda: { purpose: "scales to zero", kind: "operator", level: "restricted" },
  vpa: { purpose: "recommends requests", kind: "operator", level: "restricted" },
  argocd: { purpose: "GitOps", kind: "operator", level: "restricted" },
  "argo-rollouts": { purpose: "canary releases", kind: "operator", level: "restricted" },
  "istio-system": { purpose: "mesh control plane", kind: "operator", level: "restricted" },
  "tekton-pipelines": { purpose: "training pipelines", kind: "operator", level: "restricted" },
  velero: {
    purpose: "backups",
    kind: "operator",
    level: "privileged",
    because: "the node agent reads the pods' volumes below /var/lib/kubelet through hostPath",
  },
  "chaos-mesh": {
    purpose: "planned faults",
    kind: "operator",
    level: "privileged",
    because: "its daemon enters other pods' namespaces through the container runtime's socket",
  },
  falco: {
    purpose: "watches system calls",
    kind: "operator",
    level: "privileged",
    because: "it loads a probe into the node's kernel",
  },
  "trivy-system": { purpose: "scans images and settings", kind: "operator", level: "restricted" },
  "kube-bench": {
    purpose: "checks nodes against the CIS benchmark",
    kind: "operator",
    level: "privileged",
    because: "it reads the kubelet's files and processes of the node",
  },
  "oauth2-proxy": { purpose: "sign-in before dashboards", kind: "operator", level: "restricted" },
  cnpg: { purpose: "operator of Postgres in the cluster", kind: "operator", level: "restricted" },
  kafka: { purpose: "event streams", kind: "operator", level: "restricted" },
  redis: { purpose: "cache in the cluster", kind: "own", level: "restricted" },
};

/** Namespaces that every cluster of Tideline has. */
export const CORE_NAMESPACES: readonly string[] = [ML_PLATFORM, MLFLOW, MONITORING, LOGGING, VAULT];

/** Names of a namespace by which selectors find it; the API server sets it by itself. */
export const NAMESPACE_LABEL = "kubernetes.io/metadata.name";

/** Labels of a namespace: its Pod Security level, enforced and warned of, besides the usual. */
export function namespaceLabels(name: string, { level }: NamespaceSpec): Labels {
  const security = ["enforce", "audit", "warn"].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, level],
    [`pod-security.kubernetes.io/${mode}-version`, "latest"],
  ]);
  return standardLabels(name, Object.fromEntries(security));
}
