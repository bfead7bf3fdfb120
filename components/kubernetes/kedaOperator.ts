import * as pulumi from "@pulumi/pulumi";
import { PinnedChart } from "./chart";
import { CHARTS } from "./charts";
import type { ClusterTarget } from "./target";

/** Where KEDA runs. */
export const KEDA = "keda";

/** KEDA, which scales deployments to zero and back by what Prometheus counts. */
export class KedaOperator extends pulumi.ComponentResource {
  constructor(name: string, { target }: { readonly target: ClusterTarget }, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:kubernetes:KedaOperator", name, {}, opts);
    const replicaCount = target.environment === "prod" ? 2 : 1;
    const resources = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } };
    new PinnedChart(
      `${name}-chart`,
      {
        chart: CHARTS.keda,
        namespace: KEDA,
        values: {
          crds: { install: true },
          operator: { replicaCount },
          // Kubernetes lets one server answer for external metrics; a second waits for the first to go.
          metricsServer: { replicaCount },
          webhooks: { replicaCount },
          resources: { operator: resources, metricServer: resources, webhooks: resources },
        },
      },
      { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) },
    );
    this.registerOutputs();
  }
}
