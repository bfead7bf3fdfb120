import * as core from "@pulumi/kubernetes/core/v1";
import * as rbac from "@pulumi/kubernetes/rbac/v1";
import type * as pulumi from "@pulumi/pulumi";
import { customResource } from "../customResource";
import { standardLabels } from "../labels";
import { ML_PLATFORM } from "../namespaces";
import { RESTRICTED_CONTAINER } from "../podSecurity";
import { PIPELINE, RUN_PARAMETERS, WORKSPACE } from "./pipelineRun";
import type { IEventListener, ITriggerBinding, ITriggerTemplate } from "./tektonTypes";

export interface RetrainTriggerArgs {
  /** Model that is trained. */
  readonly model: string;
  /** Disk of a run, GiB. */
  readonly workspaceGb: number;
}

/** Name of the listener, its account and what it may. */
const NAME = "retrain";
const PORT = 8080;

/** What the listener reads and makes in its namespace, and nothing else. */
const RULES = [
  {
    apiGroups: ["triggers.tekton.dev"],
    resources: ["eventlisteners", "triggerbindings", "triggertemplates", "triggers", "interceptors"],
    verbs: ["get", "list", "watch"],
  },
  { apiGroups: ["tekton.dev"], resources: ["pipelineruns"], verbs: ["create"] },
  { apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] },
  { apiGroups: [""], resources: ["serviceaccounts"], resourceNames: [PIPELINE], verbs: ["impersonate"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
];

/** What it reads of the whole cluster: how to look into a request. */
const CLUSTER_RULES = [
  {
    apiGroups: ["triggers.tekton.dev"],
    resources: ["clusterinterceptors", "clustertriggerbindings"],
    verbs: ["get", "list", "watch"],
  },
];

/**
 * Starts the pipeline for each retrain event of the drift service; an event that comes twice starts one run.
 * @returns where events are sent
 */
export function createRetrainTrigger(
  name: string,
  { model, workspaceGb }: RetrainTriggerArgs,
  options: { readonly parent: pulumi.Resource; readonly dependsOn: pulumi.Resource },
): string {
  const metadata = { name: NAME, namespace: ML_PLATFORM, labels: standardLabels(NAME) };
  const account = createAccount(name, metadata, options);
  const binding = customResource<ITriggerBinding>(
    `${name}-binding`,
    {
      apiVersion: "triggers.tekton.dev/v1beta1",
      kind: "TriggerBinding",
      metadata,
      spec: {
        params: [
          { name: "model", value: model },
          { name: "reference-id", value: "$(body.reference_id)" },
          { name: "report-id", value: "$(body.id)" },
        ],
      },
    },
    options,
  );
  const template = customResource<ITriggerTemplate>(
    `${name}-template`,
    { apiVersion: "triggers.tekton.dev/v1beta1", kind: "TriggerTemplate", metadata, spec: templateSpec(workspaceGb) },
    options,
  );
  customResource<IEventListener>(
    `${name}-listener`,
    { apiVersion: "triggers.tekton.dev/v1beta1", kind: "EventListener", metadata, spec: LISTENER_SPEC },
    { ...options, dependsOn: [...account, binding, template] },
  );
  return `http://el-${NAME}.${ML_PLATFORM}.svc.cluster.local:${PORT}`;
}

function createAccount(
  name: string,
  metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> },
  options: { readonly parent: pulumi.Resource },
): pulumi.Resource[] {
  const part = { parent: options.parent };
  // Names of the whole cluster say whose they are.
  const clusterMetadata = { name: `tideline-${NAME}`, labels: metadata.labels };
  const account = new core.ServiceAccount(`${name}-account`, { metadata, automountServiceAccountToken: true }, part);
  const role = new rbac.Role(`${name}-role`, { metadata, rules: RULES }, part);
  const clusterRole = new rbac.ClusterRole(
    `${name}-cluster-role`,
    { metadata: clusterMetadata, rules: CLUSTER_RULES },
    part,
  );
  const subjects = [{ kind: "ServiceAccount", name: NAME, namespace: ML_PLATFORM }];
  const roleRef = (kind: string, roleName: pulumi.Input<string>) => ({
    apiGroup: "rbac.authorization.k8s.io",
    kind,
    name: roleName,
  });
  return [
    account,
    new rbac.RoleBinding(
      `${name}-role-binding`,
      { metadata, subjects, roleRef: roleRef("Role", role.metadata.name) },
      part,
    ),
    new rbac.ClusterRoleBinding(
      `${name}-cluster-role-binding`,
      { metadata: clusterMetadata, subjects, roleRef: roleRef("ClusterRole", clusterRole.metadata.name) },
      part,
    ),
  ];
}

function templateSpec(workspaceGb: number): ITriggerTemplate["spec"] {
  return {
    params: RUN_PARAMETERS.map((parameter) => ({ name: parameter, description: `Parameter ${parameter} of the run` })),
    resourcetemplates: [
      {
        apiVersion: "tekton.dev/v1",
        kind: "PipelineRun",
        // The same name for an event that comes twice, so that the second is refused.
        metadata: { name: `${PIPELINE}-$(tt.params.report-id)`, labels: standardLabels(PIPELINE) },
        spec: {
          pipelineRef: { name: PIPELINE },
          params: RUN_PARAMETERS.map((parameter) => ({ name: parameter, value: `$(tt.params.${parameter})` })),
          taskRunTemplate: {
            serviceAccountName: PIPELINE,
            podTemplate: {
              securityContext: { runAsNonRoot: true, fsGroup: 1000, seccompProfile: { type: "RuntimeDefault" } },
              priorityClassName: "tideline-batch",
            },
          },
          workspaces: [
            {
              name: WORKSPACE,
              volumeClaimTemplate: {
                spec: {
                  accessModes: ["ReadWriteOnce"],
                  resources: { requests: { storage: `${workspaceGb}Gi` } },
                },
              },
            },
          ],
        },
      },
    ],
  };
}

const LISTENER_SPEC: IEventListener["spec"] = {
  serviceAccountName: NAME,
  triggers: [
    {
      name: NAME,
      interceptors: [{ ref: { name: "cel" }, params: [{ name: "filter", value: "body.type == 'retrain_requested'" }] }],
      bindings: [{ ref: NAME }],
      template: { ref: NAME },
    },
  ],
  resources: {
    kubernetesResource: {
      replicas: 1,
      spec: {
        template: {
          spec: {
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              {
                securityContext: RESTRICTED_CONTAINER,
                resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
              },
            ],
          },
        },
      },
    },
  },
};
