import type * as inputs from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";

/** Objects of Tekton as far as we use them. Source: tekton.dev, pipelines v1, triggers v1beta1, operator v1alpha1. */
export interface ITektonConfig {
  readonly apiVersion: "operator.tekton.dev/v1alpha1";
  readonly kind: "TektonConfig";
  readonly spec: {
    readonly profile: "lite" | "basic" | "all";
    readonly targetNamespace: string;
    readonly pipeline: Readonly<Record<string, string | boolean>>;
    readonly pruner: {
      readonly disabled: boolean;
      readonly schedule: string;
      readonly keep: number;
      readonly resources: readonly ("pipelinerun" | "taskrun")[];
    };
  };
}

export interface Param {
  readonly name: string;
  readonly value: string;
}

export interface ParamSpec {
  readonly name: string;
  readonly type: "string";
  readonly description: string;
  readonly default?: string;
}

export interface ITask {
  readonly apiVersion: "tekton.dev/v1";
  readonly kind: "Task";
  readonly spec: {
    readonly description: string;
    readonly params: readonly ParamSpec[];
    readonly workspaces: readonly { readonly name: string; readonly mountPath: string; readonly description: string }[];
    readonly steps: readonly {
      readonly name: string;
      readonly image: pulumi.Input<string>;
      readonly command?: readonly string[];
      readonly args?: readonly string[];
      readonly env: readonly { readonly name: string; readonly value: pulumi.Input<string> }[];
      readonly securityContext: inputs.core.v1.SecurityContext;
      readonly computeResources: inputs.core.v1.ResourceRequirements;
      readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
    }[];
    readonly volumes: readonly { readonly name: string; readonly emptyDir: { readonly sizeLimit: string } }[];
  };
}

export interface PipelineTask {
  readonly name: string;
  readonly taskRef: { readonly kind: "Task"; readonly name: string };
  readonly runAfter?: readonly string[];
  readonly retries: number;
  readonly timeout: string;
  readonly params: readonly Param[];
  readonly workspaces: readonly { readonly name: string; readonly workspace: string }[];
}

export interface IPipeline {
  readonly apiVersion: "tekton.dev/v1";
  readonly kind: "Pipeline";
  readonly spec: {
    readonly description: string;
    readonly params: readonly ParamSpec[];
    readonly workspaces: readonly { readonly name: string; readonly description: string }[];
    readonly tasks: readonly PipelineTask[];
  };
}

export interface ITriggerBinding {
  readonly apiVersion: "triggers.tekton.dev/v1beta1";
  readonly kind: "TriggerBinding";
  readonly spec: { readonly params: readonly Param[] };
}

export interface ITriggerTemplate {
  readonly apiVersion: "triggers.tekton.dev/v1beta1";
  readonly kind: "TriggerTemplate";
  readonly spec: {
    readonly params: readonly Omit<ParamSpec, "type">[];
    readonly resourcetemplates: readonly object[];
  };
}

export interface IEventListener {
  readonly apiVersion: "triggers.tekton.dev/v1beta1";
  readonly kind: "EventListener";
  readonly spec: {
    readonly serviceAccountName: string;
    readonly triggers: readonly {
      readonly name: string;
      readonly interceptors: readonly object[];
      readonly bindings: readonly { readonly ref: string }[];
      readonly template: { readonly ref: string };
    }[];
    readonly resources: { readonly kubernetesResource: object };
  };
}
