import { ServiceWorkload } from "../../components/kubernetes/serviceWorkload";
import type { ClusterTarget } from "../../components/kubernetes/target";
import { servingService } from "../../services/serving/service";
import { type KubernetesObject, objectsOf, recordKubernetes } from "./kubernetesCluster";
import { DIGEST } from "./kubernetesPlatform";

/** Where the cases' images come from. */
export const REGISTRY = "registry.example.com";

/** A model's deployment as Tideline makes it, with a GPU. */
export async function modelDeployment(target: ClusterTarget): Promise<ModelDeployment> {
  const recording = await recordKubernetes(
    () =>
      new ServiceWorkload("serving", {
        target,
        descriptor: servingService,
        image: { repository: `${REGISTRY}/services`, digest: DIGEST },
        model: { name: "breast-cancer", version: "3" },
        environment: { OBJECT_STORE_URL: "s3://models", DRIFT_URL: "http://drift:8081" },
        gpu: { pool: "gpu", count: 1 },
        features: { monitoring: false, recommendations: false },
      }),
  );
  const found = objectsOf(recording).find(({ kind }) => kind === "Deployment");
  if (!found) throw new Error("no Deployment was recorded");
  return found as ModelDeployment;
}

export type ServerContainer = Record<string, unknown> & {
  image: string;
  resources: Record<"requests" | "limits", Record<string, string>>;
  securityContext: Record<string, unknown>;
  env: { name: string; value?: string }[];
};

export interface ModelDeployment extends KubernetesObject {
  metadata: KubernetesObject["metadata"] & { labels: Record<string, string>; annotations: Record<string, string> };
  spec: {
    replicas?: number;
    template: {
      metadata: { labels: Record<string, string> };
      spec: Record<string, unknown> & { containers: [ServerContainer]; securityContext: Record<string, unknown> };
    };
  };
}

/** A change after which a model's deployment is refused. */
export interface AdmissionCase {
  readonly rule: string;
  readonly what: string;
  readonly change: (deployment: ModelDeployment, container: ServerContainer) => void;
  readonly text: string;
}

const MODEL =
  "a deployment of a model needs the label modelVersion and the annotation tideline.dev/model-uri with models:/NAME/VERSION of that version; wrong: ";
const NEEDS_RESOURCES = "every container needs requests of cpu and memory, and a limit of memory; wrong: serving";
const GPUS =
  "a container with GPUs needs the same nvidia.com/gpu in requests and limits, and its pod a toleration of nvidia.com/gpu; wrong: serving";
const NON_ROOT = "every container must run as a user other than root; wrong: serving";
const CAPABILITIES = "every container must drop ALL capabilities and add none; wrong: serving";

/** What the admission rules refuse, at least once for each; the rule's words go with it. */
export const REFUSED: readonly AdmissionCase[] = [
  {
    rule: "model-version",
    what: "no version",
    change: ({ metadata }) => delete metadata.labels.modelVersion,
    text: `${MODEL}version '', URI 'models:/breast-cancer/3'`,
  },
  {
    rule: "model-version",
    what: "no URI",
    change: ({ metadata }) => delete metadata.annotations["tideline.dev/model-uri"],
    text: `${MODEL}version '3', URI ''`,
  },
  {
    rule: "model-version",
    what: "another version in the URI",
    change: ({ metadata }) => {
      metadata.annotations["tideline.dev/model-uri"] = "models:/breast-cancer/13";
    },
    text: `${MODEL}version '3', URI 'models:/breast-cancer/13'`,
  },
  {
    rule: "model-version",
    what: "a stage for a version",
    change: ({ metadata }) => {
      metadata.labels.modelVersion = "latest";
      metadata.annotations["tideline.dev/model-uri"] = "models:/breast-cancer/latest";
    },
    text: `${MODEL}version 'latest', URI 'models:/breast-cancer/latest'`,
  },
  ...(["cpu", "memory"] as const).map((amount) => ({
    rule: "resources",
    what: `no request of ${amount}`,
    change: (_: ModelDeployment, { resources }: ServerContainer) => delete resources.requests[amount],
    text: NEEDS_RESOURCES,
  })),
  {
    rule: "resources",
    what: "no limit of memory",
    change: (_, { resources }) => delete resources.limits.memory,
    text: NEEDS_RESOURCES,
  },
  {
    rule: "non-root",
    what: "nobody says who it runs as",
    change: ({ spec }, { securityContext }) => {
      delete securityContext.runAsNonRoot;
      delete spec.template.spec.securityContext.runAsNonRoot;
    },
    text: NON_ROOT,
  },
  {
    rule: "non-root",
    what: "root by number",
    change: (_, { securityContext }) => {
      securityContext.runAsUser = 0;
    },
    text: NON_ROOT,
  },
  {
    rule: "no-escalation",
    what: "rights may be gained",
    change: (_, { securityContext }) => delete securityContext.allowPrivilegeEscalation,
    text: "no container may be privileged or gain rights; set allowPrivilegeEscalation to false; wrong: serving",
  },
  {
    rule: "capabilities",
    what: "capabilities kept",
    change: (_, { securityContext }) => delete securityContext.capabilities,
    text: CAPABILITIES,
  },
  {
    rule: "capabilities",
    what: "a capability added",
    change: (_, { securityContext }) => {
      securityContext.capabilities = { drop: ["ALL"], add: ["NET_RAW"] };
    },
    text: CAPABILITIES,
  },
  {
    rule: "read-only-root",
    what: "a root that can be written",
    change: (_, { securityContext }) => delete securityContext.readOnlyRootFilesystem,
    text: "every container needs readOnlyRootFilesystem; let it write to a volume; wrong: serving",
  },
  {
    rule: "registries",
    what: "another registry that begins alike",
    change: (_, container) => {
      container.image = `registry.example.com.evil.example/services@${DIGEST}`;
    },
    text: "images must come from registry.example.com; wrong: serving",
  },
  {
    rule: "digests",
    what: "a tag",
    change: (_, container) => {
      container.image = `${REGISTRY}/services:v1`;
    },
    text: "images must be named by digest, @sha256:...; wrong: serving",
  },
  {
    rule: "gpus",
    what: "no toleration",
    change: ({ spec }) => delete spec.template.spec.tolerations,
    text: GPUS,
  },
  {
    rule: "replicas",
    what: "21 replicas",
    change: ({ spec }) => {
      spec.replicas = 21;
    },
    text: "outside prod a workload has 20 replicas at most; wrong: 21",
  },
];
