/** Something taken away from a platform, or put into it, and the check that must go red. */
export interface Mutation {
  readonly what: string;
  /** Kind and name of the resource, as it is registered. */
  readonly of: string;
  /** Path of the object that is changed, with dots; members of lists by index or name. @default the whole resource goes */
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
const policy = (name: string) => `NetworkPolicy platform-base-network-${name}`;

const whole = (what: string, of: string, red: string): Mutation => ({ what, of, red });
const without = (what: string, of: string, at: string, key: string, red: string): Mutation => ({
  what,
  of,
  at,
  key,
  red,
});
const withOther = (what: string, of: string, at: string, key: string, value: unknown, red: string): Mutation => ({
  what,
  of,
  at,
  key,
  value,
  red,
});

/** What the platform is safe by, taken away one at a time. */
export const MUTATIONS: readonly Mutation[] = [
  without("the pod's security context", SERVING, POD, "securityContext", "pod-seccomp"),
  without("the container's security context", SERVING, CONTAINER, "securityContext", "pod-capabilities"),
  withOther("a user other than root", SERVING, `${CONTAINER}.securityContext`, "runAsNonRoot", false, "pod-not-root"),
  withOther("root by number", SERVING, `${CONTAINER}.securityContext`, "runAsUser", 0, "admission non-root"),
  without(
    "no escalation",
    DRIFT,
    `${CONTAINER}.securityContext`,
    "allowPrivilegeEscalation",
    "admission no-escalation",
  ),
  withOther("a privileged container", DRIFT, `${CONTAINER}.securityContext`, "privileged", true, "pod-not-privileged"),
  without("dropped capabilities", SERVING, `${CONTAINER}.securityContext`, "capabilities", "admission capabilities"),
  without(
    "the read-only root",
    SERVING,
    `${CONTAINER}.securityContext`,
    "readOnlyRootFilesystem",
    "pod-read-only-root",
  ),
  without("the limit of memory", SERVING, `${CONTAINER}.resources.limits`, "memory", "pod-limits"),
  without("the request of cpu", DRIFT, `${CONTAINER}.resources.requests`, "cpu", "admission resources"),
  without(
    "the job's limit of memory",
    "CronJob platform-training",
    "spec.jobTemplate.spec.template.spec.containers.0.resources.limits",
    "memory",
    "admission resources",
  ),
  without("the readiness probe", SERVING, CONTAINER, "readinessProbe", "pod-probes"),
  without("the liveness probe", DRIFT, CONTAINER, "livenessProbe", "pod-probes"),
  without("an account of its own", SERVING, POD, "serviceAccountName", "pod-own-account"),
  withOther("the node's network", SERVING, POD, "hostNetwork", true, "pod-own-namespaces"),
  withOther("a folder of the node", SERVING, `${POD}.volumes.0`, "hostPath", { path: "/" }, "pod-no-host-path"),
  withOther("an image by tag", SERVING, CONTAINER, "image", "registry.example.com/services:v1", "pod-image-digest"),
  withOther(
    "an image of somebody else",
    SERVING,
    CONTAINER,
    "image",
    `docker.io/somebody/services@sha256:${"b".repeat(64)}`,
    "admission registries",
  ),
  withOther("a password as text", DRIFT, `${CONTAINER}.env.PGPASSWORD`, "value", "hunter2", "pod-secrets-not-in-env"),
  withOther("a namespace of its own", SERVING, "metadata", "namespace", "default", "not-default-namespace"),
  without("the model's version", SERVING, "metadata.labels", "modelVersion", "admission model-version"),
  without("the model's URI", SERVING, "metadata.annotations", "tideline.dev/model-uri", "admission model-version"),
  withOther("a pinned version", SERVING, `${CONTAINER}.env.MODEL_VERSION`, "value", "latest", "model-version-pinned"),
  without("the object store", SERVING, `${CONTAINER}.env.OBJECT_STORE_URL`, "value", "model-source"),
  without("the drift monitor", SERVING, `${CONTAINER}.env.DRIFT_URL`, "value", "model-drift-watched"),
  withOther("the way back", SERVING, "spec", "revisionHistoryLimit", 0, "model-rollback"),
  withOther("the gradual rollout", SERVING, "spec", "strategy", { type: "Recreate" }, "model-rollout-gradual"),
  whole("the disruption budget", "PodDisruptionBudget platform-serving", "pod-disruption-budget"),
  withOther(
    "a bound of replicas",
    "HorizontalPodAutoscaler platform-serving",
    "spec",
    "maxReplicas",
    21,
    "admission replicas",
  ),
  without("the toleration of GPU nodes", VISION, POD, "tolerations", "admission gpus"),
  withOther(
    "equal GPU request and limit",
    VISION,
    `${CONTAINER}.resources.requests`,
    "nvidia.com/gpu",
    "2",
    "pod-gpu-limit",
  ),
  without("the device plugin's toleration", "Release platform-gpu-plugin", "values", "tolerations", "tolerations"),
  without("the GPU exporter's toleration", "Release platform-gpu-metrics", "values", "tolerations", "tolerations"),
  whole("the refusal of ml-platform", policy("ml-platform-default-deny"), "namespace-default-deny"),
  whole("the refusal of vault", policy("vault-default-deny"), "namespace-default-deny"),
  whole("names", policy("ml-platform-allow-dns"), "flows"),
  whole("one end of a flow", policy("ml-platform-gateway-to-serving-in"), "flows"),
  whole("the other end of a flow", policy("ml-platform-serving-to-drift-out"), "flows"),
  without("a flow's ports", policy("ml-platform-serving-to-objects-out"), "spec.egress.0", "ports", "flows"),
  withOther(
    "a flow's sender",
    policy("ml-platform-serving-to-drift-in"),
    "spec.ingress.0",
    "from",
    [{ namespaceSelector: {} }],
    "flows",
  ),
  withOther(
    "a flow's receiver",
    policy("ml-platform-drift-to-database-out"),
    "spec.egress.0",
    "to",
    [{ ipBlock: { cidr: "0.0.0.0/0" } }],
    "flows",
  ),
  withOther("a flow's pods", policy("ml-platform-serving-to-objects-out"), "spec", "podSelector", {}, "flows"),
  without(
    "the level of Pod Security",
    "Namespace platform-base-ml-platform",
    "metadata.labels",
    "pod-security.kubernetes.io/enforce",
    "pod security",
  ),
  withOther(
    "a lower level of Pod Security",
    "Namespace platform-base-vault",
    "metadata.labels",
    "pod-security.kubernetes.io/enforce",
    "privileged",
    "pod security",
  ),
  withOther("a named verb", "Role platform-base-model-deployer", "rules.1", "verbs", ["*"], "role-no-wildcards"),
  withOther(
    "a load balancer around the gateway",
    "Service platform-serving",
    "spec",
    "type",
    "LoadBalancer",
    "service-not-public",
  ),
];

/** The inputs with the mutation, a copy; undefined when the whole resource goes. @throws {Error} where its path leads nowhere */
export function mutated(
  inputs: Readonly<Record<string, unknown>>,
  { what, at, key, value }: Mutation,
): Record<string, unknown> | undefined {
  if (at === undefined || key === undefined) return undefined;
  const copy = structuredClone(inputs) as Record<string, unknown>;
  const place = at.split(".").reduce<unknown>(member, copy);
  if (typeof place !== "object" || place === null) throw new Error(`${what}: there is nothing at ${at}.`);
  const object = place as Record<string, unknown>;
  if (value === undefined && !(key in object)) throw new Error(`${what}: ${at} has no ${key} to take away.`);
  if (value === undefined) delete object[key];
  else object[key] = value;
  return copy;
}

/** A member, of a list by index or by its `name`. */
function member(found: unknown, step: string): unknown {
  if (Array.isArray(found) && !/^\d+$/.test(step)) return found.find(({ name }) => name === step);
  return (found as Record<string, unknown> | undefined)?.[step];
}
