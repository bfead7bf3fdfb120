import type { PlantedFault } from "./plantedFaults";

type Fields = Readonly<Record<string, unknown>>;

const NAMESPACE = "ml-platform";
const metadata = (name: string) => ({ name, namespace: NAMESPACE });

const CONTAINER: Fields = {
  name: "main",
  image: `registry.example.com/services@sha256:${"0".repeat(64)}`,
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
  },
  readinessProbe: { httpGet: { path: "/health/ready", port: 8080 } },
  livenessProbe: { httpGet: { path: "/health/live", port: 8080 } },
};

/** Variables of a model server as the rules want them. */
const MODEL = {
  MODEL_NAME: "fraud",
  MODEL_VERSION: "3",
  OBJECT_STORE_URL: "s3://models",
  DRIFT_URL: "http://drift:8081",
};

interface Changes {
  readonly container?: Fields;
  readonly pod?: Fields;
  readonly spec?: Fields;
  readonly metadata?: Fields;
}

/** A workload with which no rule finds fault, but for the changes. */
function workload(rule: string, kind: "Deployment" | "DaemonSet", changes: Changes): PlantedFault {
  const labels = { app: rule };
  return {
    rule,
    type: `kubernetes:apps/v1:${kind}`,
    name: `planted-${rule}`,
    props: {
      apiVersion: "apps/v1",
      kind,
      metadata: { ...metadata(rule), ...changes.metadata },
      spec: {
        selector: { matchLabels: labels },
        ...changes.spec,
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: "planted",
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            ...changes.pod,
            containers: [{ ...CONTAINER, ...changes.container }],
          },
        },
      },
    },
  };
}

const inContainer = (rule: string, container: Fields) => workload(rule, "Deployment", { container });
const inPod = (rule: string, pod: Fields) => workload(rule, "Deployment", { pod });
const secured = (rule: string, changes: Fields) =>
  inContainer(rule, { securityContext: { ...(CONTAINER.securityContext as Fields), ...changes } });
const model = (rule: string, variables: Partial<typeof MODEL>, spec: Fields = {}) =>
  workload(rule, "Deployment", {
    container: { env: Object.entries({ ...MODEL, ...variables }).map(([name, value]) => ({ name, value })) },
    spec,
  });

function object(rule: string, apiVersion: string, kind: string, fields: Fields): PlantedFault {
  const version = apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`;
  const props = { apiVersion, kind, metadata: metadata(rule), ...fields };
  return { rule, type: `kubernetes:${version}:${kind}`, name: `planted-${rule}`, props };
}

const RBAC = "rbac.authorization.k8s.io/v1";

/** Objects on a cluster that break one rule each. */
export const OBJECT_FAULTS: readonly PlantedFault[] = [
  secured("pod-capabilities", { capabilities: { drop: ["NET_RAW"] } }),
  secured("pod-no-escalation", { allowPrivilegeEscalation: true }),
  secured("pod-not-privileged", { privileged: true }),
  secured("pod-not-root", { runAsNonRoot: false }),
  secured("pod-read-only-root", { readOnlyRootFilesystem: false }),
  inContainer("pod-image-digest", { image: "registry.example.com/services:latest" }),
  inContainer("pod-limits", { resources: { requests: { cpu: "100m", memory: "128Mi" } } }),
  inContainer("pod-gpu-limit", {
    resources: {
      requests: { cpu: "100m", memory: "128Mi", "nvidia.com/gpu": 1 },
      limits: { memory: "256Mi", "nvidia.com/gpu": 2 },
    },
  }),
  inContainer("pod-probes", { livenessProbe: undefined }),
  inContainer("pod-secrets-not-in-env", { env: [{ name: "DATABASE_PASSWORD", value: "hush" }] }),
  inPod("pod-no-host-path", { volumes: [{ name: "root", hostPath: { path: "/" } }] }),
  inPod("pod-own-account", { serviceAccountName: "default" }),
  inPod("pod-own-namespaces", { hostNetwork: true }),
  inPod("pod-seccomp", { securityContext: { runAsNonRoot: true, seccompProfile: { type: "Unconfined" } } }),
  workload("not-default-namespace", "Deployment", { metadata: { namespace: "default" } }),
  workload("pod-disruption-budget", "Deployment", { spec: { replicas: 2, selector: {} } }),
  workload("gpu-tolerations", "DaemonSet", { pod: { nodeSelector: { "nvidia.com/gpu.present": "true" } } }),
  model("model-drift-watched", { DRIFT_URL: "" }),
  model("model-source", { OBJECT_STORE_URL: "" }),
  model("model-version-pinned", { MODEL_VERSION: "latest" }),
  model("model-rollback", {}, { revisionHistoryLimit: 0 }),
  model("model-rollout-gradual", {}, { strategy: { type: "Recreate" } }),
  object("namespace-default-deny", "v1", "Namespace", { metadata: { name: "planted" } }),
  object("ingress-tls", "networking.k8s.io/v1", "Ingress", { spec: { rules: [{ host: "models.example.com" }] } }),
  object("service-not-public", "v1", "Service", { spec: { type: "LoadBalancer", ports: [{ port: 80 }] } }),
  object("role-no-wildcards", RBAC, "Role", { rules: [{ apiGroups: [""], resources: ["*"], verbs: ["get"] }] }),
  object("no-cluster-admin", RBAC, "RoleBinding", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "ServiceAccount", name: "planted", namespace: NAMESPACE }],
  }),
];
