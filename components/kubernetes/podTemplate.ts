import type * as inputs from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { ServiceDescriptor } from "../../services/runtime/descriptor";
import type { Labels } from "./labels";
import { GPU_RESOURCE, type PodGpus, placement } from "./podPlacement";
import type { Priority } from "./priorities";
import type { ClusterTarget } from "./target";

/** What a pod of a bundled service is made of. */
export interface PodPlan {
  readonly target: ClusterTarget;
  readonly descriptor: ServiceDescriptor;
  readonly image: pulumi.Input<string>;
  /** Service account. */
  readonly account: string;
  readonly priority: Priority;
  readonly environment: inputs.core.v1.EnvVar[];
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly resources?: WorkloadResources;
  readonly gpu?: PodGpus;
}

/** Kubernetes quantities, over those of the descriptor. */
export interface WorkloadResources {
  readonly requests?: { readonly cpu?: string; readonly memory?: string };
  readonly limits?: { readonly cpu?: string; readonly memory?: string };
}

/** User and group of the services' image. */
const USER = 1000;

/** Seconds in which load balancers and proxies learn that a pod goes, before it stops to listen. */
export const PRE_STOP_SECONDS = 10;

/** Pod template of a bundled service: unprivileged, read-only, and told apart from the API server. */
export function podTemplate(plan: PodPlan): inputs.core.v1.PodTemplateSpec & { spec: inputs.core.v1.PodSpec } {
  const { target, descriptor, account, priority, gpu } = plan;
  return {
    metadata: { labels: { ...plan.labels, ...identityLabels(target) }, annotations: { ...plan.annotations } },
    spec: {
      serviceAccountName: account,
      automountServiceAccountToken: false,
      // Variables for every service of the namespace would be read as settings.
      enableServiceLinks: false,
      priorityClassName: priority,
      terminationGracePeriodSeconds:
        descriptor.drainSeconds + (descriptor.kind === "service" ? PRE_STOP_SECONDS : 0) + 5,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        fsGroup: USER,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [container(plan)],
      volumes: [{ name: "tmp", emptyDir: { sizeLimit: TMP_SIZE } }],
      ...placement(target, gpu),
    },
  };
}

/** Room for what services write while they work: downloaded models, spilled tables. */
const TMP_SIZE = "4Gi";

function container(plan: PodPlan): inputs.core.v1.Container {
  const { descriptor, image, environment, resources = {}, gpu } = plan;
  const gpus = gpu ? { [GPU_RESOURCE]: String(gpu.count) } : {};
  return {
    name: descriptor.name,
    image,
    args: [descriptor.name],
    env: environment,
    ports: Object.entries(descriptor.ports).map(([name, port]) => ({
      name,
      containerPort: port.default,
      protocol: "TCP",
    })),
    resources: {
      requests: { ...descriptor.resources.requests, "ephemeral-storage": "64Mi", ...resources.requests, ...gpus },
      limits: { ...descriptor.resources.limits, "ephemeral-storage": "5Gi", ...resources.limits, ...gpus },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
    terminationMessagePolicy: "FallbackToLogsOnError",
    ...(descriptor.probes ? probes(descriptor.probes) : {}),
    ...(descriptor.kind === "service" ? { lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } } } : {}),
  };
}

/**
 * A start may take five minutes, in which large models are read; then a pod that is not ready gets no requests after ten
 * seconds, and one that does not answer at all starts anew after thirty.
 */
function probes({ live, ready }: { readonly live: string; readonly ready: string }) {
  const get = (path: string) => ({ httpGet: { path, port: "http" }, timeoutSeconds: 3 });
  return {
    startupProbe: { ...get(ready), periodSeconds: 2, failureThreshold: 150 },
    readinessProbe: { ...get(ready), periodSeconds: 5, failureThreshold: 2 },
    livenessProbe: { ...get(live), periodSeconds: 10, failureThreshold: 3 },
  };
}

/** Azure hands tokens to pods that carry this label alone. Source: AKS, "Workload identity overview". */
function identityLabels({ cloud }: Pick<ClusterTarget, "cloud">): Labels {
  return cloud === "azure" ? { "azure.workload.identity/use": "true" } : {};
}
