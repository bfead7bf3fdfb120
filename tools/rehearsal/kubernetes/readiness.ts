import { setTimeout as sleep } from "node:timers/promises";
import type { ApiClient, ApiObject, ObjectReference } from "./apiClient";

/** Annotation by which the real provider is told not to wait for an object. */
const SKIP_AWAIT = "pulumi.com/skipAwait";

/** Milliseconds between two looks at an object. */
const POLL_MS = 100;

/** Warnings shown for an object that does not become ready. */
const MOST_WARNINGS = 3;

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What an object still lacks, or undefined once it is ready. */
type Check = (object: ApiObject, client: ApiClient) => Promise<string | undefined> | string | undefined;

/**
 * When the real provider takes an object as ready (pulumi-kubernetes, docs "await logic"). Kinds that are not here are
 * ready once they exist, custom resources among them.
 */
const CHECKS: Readonly<Record<string, Check>> = {
  "apps/v1 Deployment": (object) => {
    const { replicas = 1 } = fields(object.spec) as { replicas?: number };
    const status = fields(object.status);
    if (!observed(object)) return "the controller has not seen it yet";
    const { updatedReplicas = 0, availableReplicas = 0 } = status as Record<string, number>;
    if (updatedReplicas >= replicas && availableReplicas >= replicas) return undefined;
    const failure = condition(object, "ReplicaFailure", "True");
    return failure?.message ?? `${availableReplicas} of ${replicas} pods are available`;
  },
  "apps/v1 StatefulSet": (object) => {
    const { replicas = 1 } = fields(object.spec) as { replicas?: number };
    if (!observed(object)) return "the controller has not seen it yet";
    const { readyReplicas = 0, updatedReplicas = 0 } = fields(object.status) as Record<string, number>;
    if (readyReplicas >= replicas && updatedReplicas >= replicas) return undefined;
    return `${readyReplicas} of ${replicas} pods are ready`;
  },
  "apps/v1 DaemonSet": (object) => {
    if (!observed(object)) return "the controller has not seen it yet";
    const status = fields(object.status) as Record<string, number>;
    const { desiredNumberScheduled = 0, numberAvailable = 0, updatedNumberScheduled = 0 } = status;
    if (numberAvailable >= desiredNumberScheduled && updatedNumberScheduled >= desiredNumberScheduled) return undefined;
    return `${numberAvailable} of ${desiredNumberScheduled} pods are available`;
  },
  "batch/v1 Job": (object) => {
    if (fields(object.spec).suspend === true || condition(object, "Complete", "True")) return undefined;
    return condition(object, "Failed", "True")?.message ?? "it has not completed";
  },
  "v1 Pod": (object) => {
    const done = fields(object.status).phase === "Succeeded" || condition(object, "Ready", "True");
    return done ? undefined : "the pod is not ready";
  },
  "v1 Namespace": (object) => (fields(object.status).phase === "Active" ? undefined : "it is not active"),
  "v1 PersistentVolumeClaim": claim,
  "v1 Service": service,
  "networking.k8s.io/v1 Ingress": (object) => (hasAddress(object) ? undefined : "it has no address"),
  "apiextensions.k8s.io/v1 CustomResourceDefinition": (object) =>
    condition(object, "Established", "True") ? undefined : "it is not established",
};

/**
 * Waits until the real provider would take the object as ready.
 * @returns the object as it then is, and why it is not ready after `limitMs`
 */
export async function awaitReady(
  client: ApiClient,
  reference: ObjectReference,
  limitMs: number,
): Promise<{ readonly object: ApiObject; readonly problem: string | undefined }> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const object = await client.get(reference);
    if (!object) throw new Error(`${reference.kind} ${reference.name} was deleted while it was awaited.`);
    const check = CHECKS[`${reference.apiVersion} ${reference.kind}`];
    const skipped = object.metadata.annotations?.[SKIP_AWAIT] === "true";
    const lacking = skipped ? undefined : await check?.(object, client);
    if (lacking === undefined) return { object, problem: undefined };
    if (Date.now() > deadline) return { object, problem: [lacking, ...(await warnings(client, object))].join("; ") };
    await sleep(POLL_MS);
  }
}

/** A claim for which the first pod decides where the volume is stays pending until there is one. */
async function claim(object: ApiObject, client: ApiClient): Promise<string | undefined> {
  if (fields(object.status).phase === "Bound") return undefined;
  const name = fields(object.spec).storageClassName;
  if (typeof name !== "string") return "it is not bound";
  const storage = await client.get({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name });
  if (!storage) return `there is no storage class ${name}`;
  return storage.volumeBindingMode === "WaitForFirstConsumer" ? undefined : "it is not bound";
}

/** A service that selects pods is ready when one of them is, unless it has no address of its own. */
async function service(object: ApiObject, client: ApiClient): Promise<string | undefined> {
  const { type, clusterIP, selector } = fields(object.spec);
  if (type === "LoadBalancer" && !hasAddress(object)) return "its load balancer has no address";
  if (type === "ExternalName" || clusterIP === "None" || Object.keys(fields(selector)).length === 0) return undefined;
  const slices = await client.list("discovery.k8s.io/v1", "EndpointSlice", object.metadata.namespace);
  const own = slices.filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === object.metadata.name);
  const ready = own.some(({ endpoints }) =>
    ((endpoints ?? []) as readonly { conditions?: { ready?: boolean } }[]).some(({ conditions }) => conditions?.ready),
  );
  return ready ? undefined : "it selects no ready pod";
}

/** What the cluster warns of about the object, its replica sets and its pods. */
async function warnings(client: ApiClient, { kind, metadata }: ApiObject): Promise<string[]> {
  if (metadata.namespace === undefined) return [];
  const events = await client.list("v1", "Event", metadata.namespace);
  const about = events.filter(({ type, involvedObject }) => {
    const { kind: about, name } = fields(involvedObject);
    const own = about === kind && name === metadata.name;
    const part = (about === "Pod" || about === "ReplicaSet") && String(name).startsWith(`${metadata.name}-`);
    return type === "Warning" && (own || part);
  });
  return [...new Set(about.map(({ message }) => String(message)))].slice(-MOST_WARNINGS);
}

function observed({ metadata, status }: ApiObject): boolean {
  return Number(fields(status).observedGeneration ?? 0) >= (metadata.generation ?? 0);
}

function condition({ status }: ApiObject, type: string, value: string): Condition | undefined {
  const conditions = (fields(status).conditions ?? []) as readonly Condition[];
  return conditions.find((found) => found.type === type && found.status === value);
}

function hasAddress({ status }: ApiObject): boolean {
  const { ingress } = fields(fields(status).loadBalancer) as { ingress?: readonly unknown[] };
  return (ingress ?? []).length > 0;
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
