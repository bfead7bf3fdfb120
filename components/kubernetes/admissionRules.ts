import { MODEL_SERVER, MODEL_URI_ANNOTATION, MODEL_VERSION_LABEL } from "./modelReference";
import { GPU_RESOURCE } from "./podPlacement";
import { MAX_REPLICAS_OUTSIDE_PROD } from "./serviceWorkloadProblems";
import type { ClusterTarget } from "./target";

/** A rule that the API server holds workloads of ml-platform to, in its Common Expression Language (CEL). */
export interface AdmissionRule {
  /** Lower-case words with hyphens. */
  readonly name: string;
  /** What must hold, as the refusal says it. */
  readonly message: string;
  /** Named expressions, each of which sees those before it. */
  readonly variables: readonly { readonly name: string; readonly expression: string }[];
  /** CEL for a list of what is wrong, each a text; empty when nothing is. */
  readonly wrong: string;
  readonly resources: readonly AdmittedResources[];
  /** In dev an image may be a tag, with a warning. @default refused everywhere */
  readonly onlyWarnsInDev?: boolean;
}

export interface AdmittedResources {
  readonly apiGroups: string[];
  readonly resources: string[];
}

/** What the rules must know of the cluster. */
export interface AdmissionFacts {
  readonly environment: ClusterTarget["environment"];
  /** Registries, or paths in them, that images may come from, such as ghcr.io/example. */
  readonly registries: readonly string[];
}

const WORKLOADS: readonly AdmittedResources[] = [
  { apiGroups: ["apps"], resources: ["deployments", "statefulsets", "daemonsets"] },
  { apiGroups: ["batch"], resources: ["jobs", "cronjobs"] },
];

const POD = {
  name: "pod",
  expression: 'object.kind == "CronJob" ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec',
};

const CONTAINERS = {
  name: "containers",
  expression: "variables.pod.containers + (has(variables.pod.initContainers) ? variables.pod.initContainers : [])",
};

/** CEL for the names of containers that do not satisfy a condition on `c`. */
function containersWithout(condition: string): string {
  return `variables.containers.filter(c, !(${condition})).map(c, c.name)`;
}

/** A rule about every container of a pod. */
function containerRule(name: string, message: string, condition: string): AdmissionRule {
  return { name, message, variables: [POD, CONTAINERS], wrong: containersWithout(condition), resources: WORKLOADS };
}

/** All rules, in the order in which people meet them. */
export function admissionRules({ environment, registries }: AdmissionFacts): readonly AdmissionRule[] {
  const replicas = environment === "prod" ? [] : [replicaRule()];
  return [
    modelRule(),
    containerRule(
      "resources",
      "every container needs requests of cpu and memory, and a limit of memory",
      [
        'has(c.resources) && has(c.resources.requests) && "cpu" in c.resources.requests && "memory" in c.resources.requests',
        'has(c.resources.limits) && "memory" in c.resources.limits',
      ].join(" && "),
    ),
    containerRule("non-root", "every container must run as a user other than root", nonRoot()),
    containerRule(
      "no-escalation",
      "no container may be privileged or gain rights; set allowPrivilegeEscalation to false",
      [
        "has(c.securityContext) && has(c.securityContext.allowPrivilegeEscalation)",
        "!c.securityContext.allowPrivilegeEscalation",
        "!(has(c.securityContext.privileged) && c.securityContext.privileged)",
      ].join(" && "),
    ),
    containerRule(
      "capabilities",
      "every container must drop ALL capabilities and add none",
      [
        "has(c.securityContext) && has(c.securityContext.capabilities) && has(c.securityContext.capabilities.drop)",
        '"ALL" in c.securityContext.capabilities.drop',
        "!(has(c.securityContext.capabilities.add) && c.securityContext.capabilities.add.size() > 0)",
      ].join(" && "),
    ),
    containerRule(
      "read-only-root",
      "every container needs readOnlyRootFilesystem; let it write to a volume",
      "has(c.securityContext) && has(c.securityContext.readOnlyRootFilesystem) && c.securityContext.readOnlyRootFilesystem",
    ),
    containerRule(
      "registries",
      `images must come from ${registries.join(", ")}`,
      `${JSON.stringify(registries.map((registry) => registry.replace(/\/$/, "")))}.exists(r, c.image.startsWith(r + "/") || c.image.startsWith(r + "@") || c.image.startsWith(r + ":"))`,
    ),
    {
      ...containerRule(
        "digests",
        "images must be named by digest, @sha256:...",
        'c.image.matches("@sha256:[0-9a-f]{64}$")',
      ),
      onlyWarnsInDev: true,
    },
    gpuRule(),
    ...replicas,
  ];
}

/** Of the container, or else of the pod; a user 0 is root whatever else is said. */
function nonRoot(): string {
  const pod = "has(variables.pod.securityContext) && has(variables.pod.securityContext.runAsNonRoot)";
  return [
    "(has(c.securityContext) && has(c.securityContext.runAsNonRoot)",
    `? c.securityContext.runAsNonRoot : (${pod} && variables.pod.securityContext.runAsNonRoot))`,
    "&& !(has(c.securityContext) && has(c.securityContext.runAsUser) && c.securityContext.runAsUser == 0)",
  ].join(" ");
}

/** A Deployment that serves a model, by its label or by what its process is told, says which one. */
function modelRule(): AdmissionRule {
  const [[component = "", server = ""] = []] = Object.entries(MODEL_SERVER);
  const labels = "variables.labels";
  const version = `"${MODEL_VERSION_LABEL}" in ${labels} ? ${labels}["${MODEL_VERSION_LABEL}"] : ""`;
  const uri = `"${MODEL_URI_ANNOTATION}" in variables.annotations ? variables.annotations["${MODEL_URI_ANNOTATION}"] : ""`;
  const isModel = [
    `"${MODEL_VERSION_LABEL}" in ${labels}`,
    `("${component}" in ${labels} && ${labels}["${component}"] == "${server}")`,
    'variables.pod.containers.exists(c, has(c.env) && c.env.exists(e, e.name == "MODEL_NAME"))',
  ].join(" || ");
  return {
    name: "model-version",
    message: `a deployment of a model needs the label ${MODEL_VERSION_LABEL} and the annotation ${MODEL_URI_ANNOTATION} with models:/NAME/VERSION of that version`,
    variables: [
      POD,
      { name: "labels", expression: "has(object.metadata.labels) ? object.metadata.labels : {}" },
      { name: "annotations", expression: "has(object.metadata.annotations) ? object.metadata.annotations : {}" },
      { name: "version", expression: version },
      { name: "uri", expression: uri },
      { name: "isModel", expression: isModel },
    ],
    wrong: [
      '!variables.isModel || (variables.version.matches("^[1-9][0-9]*$")',
      '&& variables.uri.matches("^models:/[a-z0-9][a-z0-9._-]*/[1-9][0-9]*$")',
      '&& variables.uri.endsWith("/" + variables.version))',
      '? [] : ["version \'" + variables.version + "\', URI \'" + variables.uri + "\'"]',
    ].join(" "),
    resources: [{ apiGroups: ["apps"], resources: ["deployments"] }],
  };
}

/** Kubernetes refuses a request that is not the limit when the pod is made, which shows only after the deployment. */
function gpuRule(): AdmissionRule {
  const amount = (part: string) =>
    `(has(c.resources) && has(c.resources.${part}) && "${GPU_RESOURCE}" in c.resources.${part} ? string(c.resources.${part}["${GPU_RESOURCE}"]) : "")`;
  const tolerated = `(has(variables.pod.tolerations) && variables.pod.tolerations.exists(t, !has(t.key) || t.key == "${GPU_RESOURCE}"))`;
  const fine = `${amount("requests")} == "" && ${amount("limits")} == "" || ${amount("requests")} == ${amount("limits")} && ${tolerated}`;
  return containerRule(
    "gpus",
    `a container with GPUs needs the same ${GPU_RESOURCE} in requests and limits, and its pod a toleration of ${GPU_RESOURCE}`,
    fine,
  );
}

function replicaRule(): AdmissionRule {
  return {
    name: "replicas",
    message: `outside prod a workload has ${MAX_REPLICAS_OUTSIDE_PROD} replicas at most`,
    variables: [
      {
        name: "replicas",
        expression:
          "has(object.spec.maxReplicas) ? object.spec.maxReplicas : (has(object.spec.replicas) ? object.spec.replicas : 0)",
      },
    ],
    wrong: `variables.replicas <= ${MAX_REPLICAS_OUTSIDE_PROD} ? [] : [string(variables.replicas)]`,
    resources: [
      { apiGroups: ["apps"], resources: ["deployments", "deployments/scale", "statefulsets", "statefulsets/scale"] },
      { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"] },
    ],
  };
}
