import * as batch from "@pulumi/kubernetes/batch/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { IMAGES } from "../images";
import { standardLabels } from "../labels";
import type { ClusterTarget } from "../target";

export interface RuntimeSecurityArgs {
  readonly target: ClusterTarget;
  /** Watches system calls on every node. @default true */
  readonly falco?: boolean;
  /** Scans images and objects for known weaknesses. @default true */
  readonly trivy?: boolean;
  /** Checks nodes against the CIS benchmark each week. @default true */
  readonly benchmark?: boolean;
  /** Alertmanager's address, for Falco's findings. @default none is told, findings are in the log */
  readonly alertmanagerUrl?: string;
}

/** What watches a cluster from inside: Falco, Trivy's operator, and the CIS benchmark of its nodes. */
export class RuntimeSecurity extends pulumi.ComponentResource {
  constructor(name: string, args: RuntimeSecurityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:kubernetes:RuntimeSecurity", name, {}, opts);
    const { target, falco = true, trivy = true, benchmark = true, alertmanagerUrl } = args;
    const options = { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) };
    if (falco) {
      const values = falcoValues(alertmanagerUrl);
      new PinnedChart<FalcoValues>(`${name}-falco`, { chart: CHARTS.falco, namespace: "falco", values }, options);
    }
    if (trivy) {
      const values = trivyValues(target);
      new PinnedChart<TrivyValues>(
        `${name}-trivy`,
        { chart: CHARTS.trivyOperator, namespace: "trivy-system", values },
        options,
      );
    }
    if (benchmark) {
      const labels = standardLabels("kube-bench");
      new batch.CronJob(
        `${name}-benchmark`,
        {
          metadata: { name: "kube-bench", namespace: "kube-bench", labels },
          spec: {
            schedule: "0 4 * * 1",
            timeZone: "Etc/UTC",
            concurrencyPolicy: "Forbid",
            successfulJobsHistoryLimit: 2,
            failedJobsHistoryLimit: 2,
            jobTemplate: {
              spec: {
                backoffLimit: 1,
                activeDeadlineSeconds: 900,
                template: { metadata: { labels }, spec: benchmarkPod(target) },
              },
            },
          },
        },
        options,
      );
    }
    this.registerOutputs();
  }
}

/** Values of the chart that we set. */
interface FalcoValues {
  readonly driver: { readonly kind: "modern_ebpf" };
  readonly tty: boolean;
  readonly tolerations: readonly object[];
  readonly resources: object;
  readonly falco: object;
  readonly falcosidekick: object;
}

function falcoValues(alertmanagerUrl: string | undefined): FalcoValues {
  return {
    // Part of the kernel since 5.8, so nothing is built on the nodes.
    driver: { kind: "modern_ebpf" },
    tty: true,
    tolerations: [{ operator: "Exists" }],
    resources: { requests: { cpu: "100m", memory: "512Mi" }, limits: { memory: "1Gi" } },
    falco: { json_output: true, priority: "notice" },
    falcosidekick:
      alertmanagerUrl === undefined
        ? { enabled: false }
        : {
            enabled: true,
            replicaCount: 2,
            config: { alertmanager: { hostport: alertmanagerUrl, minimumpriority: "warning" } },
          },
  };
}

interface TrivyValues {
  readonly operator: object;
  readonly trivy: object;
  readonly nodeCollector: object;
  readonly resources: object;
}

function trivyValues({ environment }: ClusterTarget): TrivyValues {
  return {
    operator: {
      scanJobsConcurrentLimit: environment === "prod" ? 5 : 2,
      scannerReportTTL: "24h",
      // The benchmark job beside reports on nodes.
      infraAssessmentScannerEnabled: false,
      metricsVulnIdEnabled: false,
    },
    trivy: {
      ignoreUnfixed: true,
      severity: "HIGH,CRITICAL",
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "1Gi" } },
    },
    nodeCollector: { tolerations: [{ operator: "Exists" }] },
    resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } },
  };
}

/** Benchmark that fits each cloud's managed nodes, as kube-bench calls it. */
const BENCHMARKS: Readonly<Record<ClusterTarget["cloud"], string>> = {
  aws: "eks-1.7.0",
  gcp: "gke-1.6.0",
  azure: "aks-1.7",
};

/** Paths of the node that kube-bench reads; nothing is written. */
const NODE_PATHS: Readonly<Record<string, string>> = {
  "var-lib-kubelet": "/var/lib/kubelet",
  "etc-systemd": "/etc/systemd",
  "etc-kubernetes": "/etc/kubernetes",
};

function benchmarkPod({ cloud }: ClusterTarget): inputs.core.v1.PodSpec {
  const paths = Object.entries(NODE_PATHS);
  return {
    hostPID: true,
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    priorityClassName: "tideline-batch",
    containers: [
      {
        name: "kube-bench",
        image: IMAGES.kubeBench,
        command: ["kube-bench", "run", "--targets", "node", "--benchmark", BENCHMARKS[cloud], "--json"],
        // The kubelet's files are readable by root alone; everything else that root could do is taken away.
        securityContext: {
          runAsUser: 0,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"], add: ["DAC_READ_SEARCH"] },
          seccompProfile: { type: "RuntimeDefault" },
        },
        resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
        volumeMounts: paths.map(([name, mountPath]) => ({ name, mountPath, readOnly: true })),
      },
    ],
    volumes: paths.map(([name, path]) => ({ name, hostPath: { path } })),
  };
}
