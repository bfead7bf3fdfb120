/** Objects of Chaos Mesh as far as we use them. Source: chaos-mesh.org, API version v1alpha1. */
export interface ISchedule {
  readonly apiVersion: "chaos-mesh.org/v1alpha1";
  readonly kind: "Schedule";
  readonly spec: {
    /** Cron expression, UTC. */
    readonly schedule: string;
    readonly concurrencyPolicy: "Forbid";
    readonly historyLimit: number;
    readonly startingDeadlineSeconds: number;
    readonly type: "Workflow";
    readonly workflow: { readonly entry: string; readonly templates: readonly WorkflowTemplate[] };
  };
}

/** A step of a workflow: others one after the other, a fault for a while, a pause, a pod that checks, or a StatusCheck. */
export type WorkflowTemplate = { readonly name: string; readonly deadline?: string } & (
  | { readonly templateType: "Serial"; readonly children: readonly string[] }
  | { readonly templateType: "PodChaos"; readonly podChaos: PodFault }
  | { readonly templateType: "NetworkChaos"; readonly networkChaos: NetworkFault }
  | { readonly templateType: "StressChaos"; readonly stressChaos: StressFault }
  | { readonly templateType: "Suspend" }
  | { readonly templateType: "StatusCheck"; readonly abortWithStatusCheck: true; readonly statusCheck: StatusCheck }
);

interface Selected {
  readonly mode: "one" | "all" | "fixed-percent";
  readonly value?: string;
  readonly selector: {
    readonly namespaces: readonly string[];
    readonly labelSelectors: Readonly<Record<string, string>>;
  };
}

export interface PodFault extends Selected {
  readonly action: "pod-kill" | "pod-failure";
  readonly gracePeriod?: number;
}

export interface NetworkFault extends Selected {
  readonly action: "delay" | "loss";
  readonly direction: "to" | "from" | "both";
  readonly delay?: { readonly latency: string; readonly jitter: string; readonly correlation: string };
  readonly loss?: { readonly loss: string; readonly correlation: string };
}

export interface StressFault extends Selected {
  readonly stressors: {
    readonly cpu?: { readonly workers: number; readonly load: number };
    readonly memory?: { readonly workers: number; readonly size: string };
  };
}

export interface StatusCheck {
  readonly mode: "Synchronous" | "Continuous";
  readonly type: "HTTP";
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly duration?: string;
  readonly failureThreshold: number;
  readonly successThreshold: number;
  readonly http: { readonly url: string; readonly method: "GET"; readonly criteria: { readonly statusCode: string } };
}
