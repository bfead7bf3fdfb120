import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { customResource } from "../customResource";
import { standardLabels } from "../labels";
import { ML_PLATFORM } from "../namespaces";
import { RESTRICTED_CONTAINER } from "../podSecurity";
import type { ClusterTarget } from "../target";
import { PIPELINE, RUN_PARAMETERS, WORKSPACE } from "./pipelineRun";
import { createRetrainTrigger } from "./retrainTrigger";
import type { IPipeline, ITask, ITektonConfig, ParamSpec, PipelineTask } from "./tektonTypes";

/** Steps from data to a registered model, and what each comes after. */
export const PIPELINE_STEPS = {
  "validate-data": [],
  "engineer-features": ["validate-data"],
  "train-model": ["engineer-features"],
  "evaluate-model": ["train-model"],
  "security-scan": ["train-model"],
  "register-model": ["evaluate-model", "security-scan"],
  "update-baseline": ["register-model"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PipelineStep = keyof typeof PIPELINE_STEPS;

/** The program of one step. It works in the folder /workspace/run, which it shares with the steps before and after. */
export interface StepProgram {
  readonly image: pulumi.Input<string>;
  /** @default the image's own */
  readonly command?: readonly string[];
  /** `$(params.model)`, `$(params.reference-id)` and `$(params.report-id)` are filled in. */
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** @default 250m and 512Mi, at most 2Gi */
  readonly resources?: {
    readonly requests: Readonly<Record<string, string>>;
    readonly limits: Readonly<Record<string, string>>;
  };
  /** Minutes, 1 to 1440. @default 60 */
  readonly timeoutMinutes?: number;
}

export interface TrainingPipelineArgs {
  readonly target: ClusterTarget;
  /** What each step runs; none of them can be guessed. */
  readonly steps: Readonly<Record<PipelineStep, StepProgram>>;
  /** Model that is trained when nobody names another. */
  readonly model: string;
  /** Disk that the steps of one run share, GiB. @default 20 */
  readonly workspaceGb?: number;
}

const OPERATOR_NAMESPACE = "tekton-pipelines";

/** Tekton with the pipeline that trains a model, started by hand or by the drift service's call for retraining. */
export class TrainingPipeline extends pulumi.ComponentResource {
  /** Receives retrain events by POST: the drift service's RETRAIN_URL. */
  readonly retrainUrl: string;

  constructor(name: string, args: TrainingPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("TrainingPipeline", name, pipelineProblems(args));
    super("tideline:kubernetes:TrainingPipeline", name, {}, opts);
    const { steps, model, workspaceGb = 20 } = args;
    const operator = createOperator(this, name, opts?.dependsOn);
    const tasks = Object.entries(steps).map(([step, program]) =>
      customResource<ITask>(
        `${name}-${step}`,
        {
          apiVersion: "tekton.dev/v1",
          kind: "Task",
          metadata: { name: step, namespace: ML_PLATFORM, labels: standardLabels(PIPELINE) },
          spec: taskSpec(step, program, model),
        },
        { parent: this, dependsOn: operator },
      ),
    );
    const pipeline = customResource<IPipeline>(
      `${name}-pipeline`,
      {
        apiVersion: "tekton.dev/v1",
        kind: "Pipeline",
        metadata: { name: PIPELINE, namespace: ML_PLATFORM, labels: standardLabels(PIPELINE) },
        spec: {
          description: "From data to a registered model",
          params: parameters(model),
          workspaces: [{ name: WORKSPACE, description: "What the steps of one run hand to each other" }],
          tasks: pipelineTasks(steps),
        },
      },
      { parent: this, dependsOn: tasks },
    );
    this.retrainUrl = createRetrainTrigger(name, { model, workspaceGb }, { parent: this, dependsOn: pipeline });
    this.registerOutputs({ retrainUrl: this.retrainUrl });
  }
}

/** The operator, and what it is to install: pipelines and triggers, without pages of their own. */
function createOperator(
  parent: pulumi.Resource,
  name: string,
  dependsOn: pulumi.ComponentResourceOptions["dependsOn"],
): pulumi.Resource {
  const chart = new PinnedChart<{ readonly installCRDs: boolean }>(
    `${name}-chart`,
    { chart: CHARTS.tektonOperator, namespace: OPERATOR_NAMESPACE, values: { installCRDs: true } },
    { parent, ...(dependsOn ? { dependsOn } : {}) },
  );
  return customResource<ITektonConfig>(
    `${name}-tekton`,
    {
      apiVersion: "operator.tekton.dev/v1alpha1",
      kind: "TektonConfig",
      // The operator looks for this name alone.
      metadata: { name: "config", labels: standardLabels("tekton") },
      spec: {
        profile: "basic",
        targetNamespace: OPERATOR_NAMESPACE,
        // Containers that Tekton adds to a run must be as restricted as the steps.
        pipeline: { "set-security-context": true, "default-service-account": PIPELINE },
        pruner: { disabled: false, schedule: "0 5 * * *", keep: 20, resources: ["pipelinerun", "taskrun"] },
      },
    },
    { parent, dependsOn: chart },
  );
}

function parameters(model: string): readonly ParamSpec[] {
  const text = (name: string, description: string, value: string): ParamSpec => ({
    name,
    type: "string",
    description,
    default: value,
  });
  return [
    text("model", "Model that a new version is made of", model),
    text("reference-id", "Reference that drifted; empty when nothing did", ""),
    text("report-id", "Report of the drift; empty when there is none", ""),
  ];
}

function taskSpec(step: string, program: StepProgram, model: string): ITask["spec"] {
  const { image, command, args, environment = {}, resources = DEFAULT_RESOURCES } = program;
  return {
    description: `Step ${step} of training`,
    params: parameters(model),
    workspaces: [{ name: WORKSPACE, mountPath: "/workspace/run", description: "Shared by the steps of one run" }],
    steps: [
      {
        name: step,
        image,
        ...(command ? { command } : {}),
        ...(args ? { args } : {}),
        env: [
          { name: "HOME", value: "/tmp" },
          ...Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
        ],
        securityContext: { ...RESTRICTED_CONTAINER, runAsUser: 1000, runAsGroup: 1000 },
        computeResources: { requests: { ...resources.requests }, limits: { ...resources.limits } },
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
      },
    ],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "4Gi" } }],
  };
}

const DEFAULT_RESOURCES = { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "2Gi" } };

/** The steps in their order, two side by side after training. */
export function pipelineTasks(steps: TrainingPipelineArgs["steps"]): readonly PipelineTask[] {
  return Object.entries(PIPELINE_STEPS).map(([step, runAfter]) => ({
    name: step,
    taskRef: { kind: "Task", name: step },
    ...(runAfter.length > 0 ? { runAfter: [...runAfter] } : {}),
    // Registering twice would make two versions of one model.
    retries: step === "register-model" ? 0 : 1,
    timeout: `${steps[step as PipelineStep].timeoutMinutes ?? 60}m0s`,
    params: RUN_PARAMETERS.map((name) => ({ name, value: `$(params.${name})` })),
    workspaces: [{ name: WORKSPACE, workspace: WORKSPACE }],
  }));
}

/** All that is wrong with the arguments. */
export function pipelineProblems({ steps, model, workspaceGb = 20 }: TrainingPipelineArgs): readonly ArgumentProblem[] {
  return [
    ...problemIf(
      !/^[a-z0-9][a-z0-9._-]*$/.test(model),
      "model",
      `is "${model}"; allowed are small letters, digits, dots, hyphens and underscores.`,
    ),
    ...problemIf(
      !Number.isInteger(workspaceGb) || workspaceGb < 1 || workspaceGb > 1000,
      "workspaceGb",
      `is ${workspaceGb}; give whole GiB from 1 to 1000.`,
    ),
    ...Object.entries(steps).flatMap(([step, { timeoutMinutes = 60 }]) =>
      problemIf(
        !Number.isInteger(timeoutMinutes) || timeoutMinutes < 1 || timeoutMinutes > 1440,
        `steps.${step}.timeoutMinutes`,
        `is ${timeoutMinutes}; give whole minutes from 1 to 1440.`,
      ),
    ),
  ];
}
