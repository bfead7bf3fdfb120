import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { customResource } from "../customResource";
import { standardLabels } from "../labels";
import { ML_PLATFORM } from "../namespaces";
import type { ClusterTarget } from "../target";
import type { ISchedule, StatusCheck, WorkflowTemplate } from "./chaosTypes";

export interface ChaosArgs {
  readonly target: ClusterTarget;
  /** Who must come through: name of the app in ml-platform, and its URL that says it is well. At least one. */
  readonly apps: Readonly<Record<string, { readonly healthUrl: string }>>;
  /** Cron expression, UTC. @default Wednesdays at 10:00, when people are there */
  readonly schedule?: string;
  /** How long each fault lasts, minutes, 1 to 30. @default 5 */
  readonly faultMinutes?: number;
}

const NAMESPACE = "chaos-mesh";
const NAME = "tideline-weekly";

/** Values of the chart that we set. */
interface ChaosMeshValues {
  readonly clusterScoped: boolean;
  readonly controllerManager: object;
  readonly chaosDaemon: object;
  readonly dashboard: { readonly create: boolean };
  readonly dnsServer: { readonly create: boolean };
}

/**
 * Chaos Mesh, and once a week faults one after the other: each app must be well before and after each fault, and the
 * rest of the day's faults is called off as soon as one is not.
 */
export class Chaos extends pulumi.ComponentResource {
  constructor(name: string, args: ChaosArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("Chaos", name, chaosProblems(args));
    super("tideline:kubernetes:Chaos", name, {}, opts);
    const { target, apps, schedule = WEEKLY, faultMinutes = 5 } = args;
    const chart = new PinnedChart<ChaosMeshValues>(
      `${name}-chart`,
      { chart: CHARTS.chaosMesh, namespace: NAMESPACE, values: chartValues(target) },
      { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) },
    );
    customResource<ISchedule>(
      `${name}-schedule`,
      {
        apiVersion: "chaos-mesh.org/v1alpha1",
        kind: "Schedule",
        metadata: { name: NAME, namespace: ML_PLATFORM, labels: standardLabels(NAME) },
        spec: {
          schedule,
          concurrencyPolicy: "Forbid",
          historyLimit: 4,
          startingDeadlineSeconds: 600,
          type: "Workflow",
          workflow: { entry: "all", templates: workflowTemplates(apps, faultMinutes) },
        },
      },
      { parent: this, dependsOn: chart },
    );
    this.registerOutputs({ schedule });
  }
}

const WEEKLY = "0 10 * * 3";

function chartValues({ environment }: ClusterTarget): ChaosMeshValues {
  return {
    // Faults in the services' namespace and nowhere else: elsewhere the controller has no rights.
    clusterScoped: false,
    controllerManager: {
      replicaCount: environment === "prod" ? 3 : 1,
      targetNamespace: ML_PLATFORM,
      resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "512Mi" } },
    },
    chaosDaemon: {
      runtime: "containerd",
      socketPath: "/run/containerd/containerd.sock",
      tolerations: [{ operator: "Exists" }],
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
    },
    dashboard: { create: false },
    dnsServer: { create: false },
  };
}

/** A serial workflow: all well, then for each app each fault with a check after it. */
export function workflowTemplates(apps: ChaosArgs["apps"], faultMinutes: number): readonly WorkflowTemplate[] {
  const names = Object.entries(apps);
  const before = names.map(([app, { healthUrl }]) => check(`${app}-well-before`, healthUrl));
  const rest: WorkflowTemplate = { name: "rest", templateType: "Suspend", deadline: "2m" };
  const perApp = names.map(([app, { healthUrl }]) => faultsOf(app, healthUrl, `${faultMinutes}m`));
  const steps = [...before.map(({ name }) => name), ...perApp.flatMap(({ steps }) => steps)];
  const minutes = steps.length * (faultMinutes + 5);
  return [
    { name: "all", templateType: "Serial", deadline: `${minutes}m`, children: steps },
    ...before,
    ...perApp.flatMap(({ templates }) => templates),
    rest,
  ];
}

function faultsOf(app: string, healthUrl: string, deadline: string) {
  const selector = { namespaces: [ML_PLATFORM], labelSelectors: { "app.kubernetes.io/name": app } };
  const faults: WorkflowTemplate[] = [
    {
      name: `${app}-pod-dies`,
      templateType: "PodChaos",
      deadline,
      podChaos: { action: "pod-kill", mode: "one", gracePeriod: 0, selector },
    },
    {
      name: `${app}-slow-network`,
      templateType: "NetworkChaos",
      deadline,
      networkChaos: {
        action: "delay",
        mode: "fixed-percent",
        value: "50",
        direction: "to",
        selector,
        delay: { latency: "100ms", jitter: "20ms", correlation: "50" },
      },
    },
    {
      name: `${app}-busy-node`,
      templateType: "StressChaos",
      deadline,
      stressChaos: { mode: "one", selector, stressors: { cpu: { workers: 2, load: 80 } } },
    },
  ];
  const checks = faults.map(({ name }) => check(`${name}-well-after`, healthUrl));
  return {
    templates: [...faults, ...checks],
    steps: faults.flatMap(({ name }) => [name, "rest", `${name}-well-after`]),
  };
}

/** Well five times in a row, five seconds apart; three times unwell ends the workflow. */
function check(name: string, url: string): WorkflowTemplate {
  const statusCheck: StatusCheck = {
    mode: "Synchronous",
    type: "HTTP",
    intervalSeconds: 5,
    timeoutSeconds: 3,
    duration: "120s",
    failureThreshold: 3,
    successThreshold: 5,
    http: { url, method: "GET", criteria: { statusCode: "200" } },
  };
  return { name, templateType: "StatusCheck", deadline: "3m", abortWithStatusCheck: true, statusCheck };
}

/** All that is wrong with the arguments. */
export function chaosProblems({ apps, faultMinutes = 5 }: ChaosArgs): readonly ArgumentProblem[] {
  return [
    ...problemIf(Object.keys(apps).length === 0, "apps", "names none; name at least one app that must come through."),
    ...Object.entries(apps).flatMap(([app, { healthUrl }]) =>
      problemIf(
        !/^https?:\/\/\S+$/.test(healthUrl),
        `apps.${app}.healthUrl`,
        `is "${healthUrl}"; give the http:// address that says whether it is well.`,
      ),
    ),
    ...problemIf(
      !(faultMinutes >= 1 && faultMinutes <= 30),
      "faultMinutes",
      `is ${faultMinutes}; give 1 to 30 minutes.`,
    ),
  ];
}
