/** Something taken away from a platform, or put into it, and the check that must go red. */
export interface Mutation {
  readonly what: string;
  /** Kind and name of the resource, as it is registered. */
  readonly of: string;
  /** Path of the object that is changed, with dots. @default the whole resource goes */
  readonly at?: string;
  /** Member of that object. */
  readonly key?: string;
  /** What the member becomes. @default it goes */
  readonly value?: unknown;
  /** A rule of the policy pack, `admission RULE`, `flows`, `tolerations` or `pod security`. */
  readonly red: string;
}

const POD = "spec.template.spec";
const CONTAINER = `${POD}.containers.0`;
const SERVING = "Deployment platform-serving";
const VISION = "Deployment platform-vision";
const DRIFT = "Deployment platform-drift";
const POLICY = "NetworkPolicy platform-base-network";
const ROOT = { namespaceSelector: {} };

const PODS: readonly Mutation[] = [
  { what: "the pod's security context", of: SERVING, at: POD, key: "securityContext", red: "pod-seccomp" },
  {
    what: "the container's security context",
    of: SERVING,
    at: CONTAINER,
    key: "securityContext",
    red: "pod-capabilities",
  },
  {
    what: "a user other than root",
    of: SERVING,
    at: `${CONTAINER}.securityContext`,
    key: "runAsNonRoot",
    value: false,
    red: "pod-not-root",
  },
  {
    what: "root by number",
    of: SERVING,
    at: `${CONTAINER}.securityContext`,
    key: "runAsUser",
    value: 0,
    red: "admission non-root",
  },
  {
    what: "no escalation",
    of: DRIFT,
    at: `${CONTAINER}.securityContext`,
    key: "allowPrivilegeEscalation",
    red: "admission no-escalation",
  },
  {
    what: "a privileged container",
    of: DRIFT,
    at: `${CONTAINER}.securityContext`,
    key: "privileged",
    value: true,
    red: "pod-not-privileged",
  },
  {
    what: "dropped capabilities",
    of: SERVING,
    at: `${CONTAINER}.securityContext`,
    key: "capabilities",
    red: "admission capabilities",
  },
  {
    what: "the read-only root",
    of: SERVING,
    at: `${CONTAINER}.securityContext`,
    key: "readOnlyRootFilesystem",
    red: "pod-read-only-root",
  },
  { what: "the limit of memory", of: SERVING, at: `${CONTAINER}.resources.limits`, key: "memory", red: "pod-limits" },
  {
    what: "the request of cpu",
    of: DRIFT,
    at: `${CONTAINER}.resources.requests`,
    key: "cpu",
    red: "admission resources",
  },
  {
    what: "the job's limit of memory",
    of: "CronJob platform-training",
    at: "spec.jobTemplate.spec.template.spec.containers.0.resources.limits",
    key: "memory",
    red: "admission resources",
  },
  { what: "the readiness probe", of: SERVING, at: CONTAINER, key: "readinessProbe", red: "pod-probes" },
  { what: "the liveness probe", of: DRIFT, at: CONTAINER, key: "livenessProbe", red: "pod-probes" },
  { what: "an account of its own", of: SERVING, at: POD, key: "serviceAccountName", red: "pod-own-account" },
  { what: "the node's network", of: SERVING, at: POD, key: "hostNetwork", value: true, red: "pod-own-namespaces" },
  {
    what: "a folder of the node",
    of: SERVING,
    at: `${POD}.volumes.0`,
    key: "hostPath",
    value: { path: "/" },
    red: "pod-no-host-path",
  },
  {
    what: "an image by tag",
    of: SERVING,
    at: CONTAINER,
    key: "image",
    value: "registry.example.com/services:v1",
    red: "pod-image-digest",
  },
  {
    what: "an image of somebody else",
    of: SERVING,
    at: CONTAINER,
    key: "image",
    value: `docker.io/somebody/services@sha256:${"b".repeat(64)}`,
    red: "admission registries",
  },
  {
    what: "a password as text",
    of: DRIFT,
    at: `${CONTAINER}.env.4`,
    key: "value",
    value: "hunter2",
    red: "pod-secrets-not-in-env",
  },
  {
    what: "a namespace of its own",
    of: SERVING,
    at: "metadata",
    key: "namespace",
    value: "default",
    red: "not-default-namespace",
  },
];

const MODELS: readonly Mutation[] = [
  {
    what: "the model's version",
    of: SERVING,
    at: "metadata.labels",
    key: "modelVersion",
    red: "admission model-version",
  },
  {
    what: "the model's URI",
    of: SERVING,
    at: "metadata.annotations",
    key: "tideline.dev/model-uri",
    red: "admission model-version",
  },
  {
    what: "a pinned version",
    of: SERVING,
    at: `${CONTAINER}.env.5`,
    key: "value",
    value: "latest",
    red: "model-version-pinned",
  },
  { what: "the object store", of: SERVING, at: `${CONTAINER}.env.6`, key: "value", red: "model-source" },
  { what: "the drift monitor", of: SERVING, at: `${CONTAINER}.env.7`, key: "value", red: "model-drift-watched" },
  { what: "the way back", of: SERVING, at: "spec", key: "revisionHistoryLimit", value: 0, red: "model-rollback" },
  {
    what: "the gradual rollout",
    of: SERVING,
    at: "spec",
    key: "strategy",
    value: { type: "Recreate" },
    red: "model-rollout-gradual",
  },
  { what: "the disruption budget", of: "PodDisruptionBudget platform-serving", red: "pod-disruption-budget" },
  {
    what: "a bound of replicas",
    of: "HorizontalPodAutoscaler platform-serving",
    at: "spec",
    key: "maxReplicas",
    value: 21,
    red: "admission replicas",
  },
  { what: "the toleration of GPU nodes", of: VISION, at: POD, key: "tolerations", red: "admission gpus" },
  {
    what: "equal GPU request and limit",
    of: VISION,
    at: `${CONTAINER}.resources.requests`,
    key: "nvidia.com/gpu",
    value: "2",
    red: "pod-gpu-limit",
  },
  {
    what: "the device plugin's toleration",
    of: "Release platform-gpu-plugin",
    at: "values",
    key: "tolerations",
    red: "tolerations",
  },
  {
    what: "the GPU exporter's toleration",
    of: "Release platform-gpu-metrics",
    at: "values",
    key: "tolerations",
    red: "tolerations",
  },
];

const CLUSTER: readonly Mutation[] = [
  { what: "the refusal of ml-platform", of: `${POLICY}-ml-platform-default-deny`, red: "namespace-default-deny" },
  { what: "the refusal of vault", of: `${POLICY}-vault-default-deny`, red: "namespace-default-deny" },
  { what: "names", of: `${POLICY}-ml-platform-allow-dns`, red: "flows" },
  { what: "one end of a flow", of: `${POLICY}-ml-platform-gateway-to-serving-in`, red: "flows" },
  { what: "the other end of a flow", of: `${POLICY}-ml-platform-serving-to-drift-out`, red: "flows" },
  {
    what: "a flow's ports",
    of: `${POLICY}-ml-platform-serving-to-objects-out`,
    at: "spec.egress.0",
    key: "ports",
    red: "flows",
  },
  {
    what: "a flow's sender",
    of: `${POLICY}-ml-platform-serving-to-drift-in`,
    at: "spec.ingress.0",
    key: "from",
    value: [ROOT],
    red: "flows",
  },
  {
    what: "a flow's receiver",
    of: `${POLICY}-ml-platform-drift-to-database-out`,
    at: "spec.egress.0",
    key: "to",
    value: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
    red: "flows",
  },
  {
    what: "a flow's pods",
    of: `${POLICY}-ml-platform-serving-to-objects-out`,
    at: "spec",
    key: "podSelector",
    value: {},
    red: "flows",
  },
  {
    what: "the level of Pod Security",
    of: "Namespace platform-base-ml-platform",
    at: "metadata.labels",
    key: "pod-security.kubernetes.io/enforce",
    red: "pod security",
  },
  {
    what: "a lower level of Pod Security",
    of: "Namespace platform-base-vault",
    at: "metadata.labels",
    key: "pod-security.kubernetes.io/enforce",
    value: "privileged",
    red: "pod security",
  },
  {
    what: "a named verb",
    of: "Role platform-base-model-deployer",
    at: "rules.1",
    key: "verbs",
    value: ["*"],
    red: "role-no-wildcards",
  },
  {
    what: "a load balancer around the gateway",
    of: "Service platform-serving",
    at: "spec",
    key: "type",
    value: "LoadBalancer",
    red: "service-not-public",
  },
];

/** What the platform is safe by, taken away one at a time. */
export const MUTATIONS: readonly Mutation[] = [...PODS, ...MODELS, ...CLUSTER];

/** The inputs with the mutation, a copy; undefined when the whole resource goes. @throws {Error} where its path leads nowhere */
export function mutated(
  inputs: Readonly<Record<string, unknown>>,
  { what, at, key, value }: Mutation,
): Record<string, unknown> | undefined {
  if (at === undefined || key === undefined) return undefined;
  const copy = structuredClone(inputs) as Record<string, unknown>;
  const place = at
    .split(".")
    .reduce<unknown>((found, step) => (found as Record<string, unknown> | undefined)?.[step], copy);
  if (typeof place !== "object" || place === null) throw new Error(`${what}: there is nothing at ${at}.`);
  const object = place as Record<string, unknown>;
  if (value === undefined && !(key in object)) throw new Error(`${what}: ${at} has no ${key} to take away.`);
  if (value === undefined) delete object[key];
  else object[key] = value;
  return copy;
}
