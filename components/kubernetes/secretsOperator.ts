import * as pulumi from "@pulumi/pulumi";
import { PinnedChart } from "./chart";
import { CHARTS } from "./charts";
import type { ClusterTarget } from "./target";

/** Where External Secrets runs. */
export const EXTERNAL_SECRETS = "external-secrets";

export interface SecretsOperatorArgs {
  readonly target: ClusterTarget;
}

/** Values of the chart that we set. */
interface ExternalSecretsValues {
  readonly installCRDs: boolean;
  readonly replicaCount: number;
  readonly leaderElect: boolean;
  readonly resources: OperatorResources;
  readonly webhook: { readonly replicaCount: number; readonly resources: OperatorResources };
  readonly certController: { readonly replicaCount: number; readonly resources: OperatorResources };
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
}

interface OperatorResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/** External Secrets, which copies the secrets that workloads name from the cloud's store. */
export class SecretsOperator extends pulumi.ComponentResource {
  readonly chart: PinnedChart<ExternalSecretsValues>;

  constructor(name: string, { target }: SecretsOperatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:kubernetes:SecretsOperator", name, {}, opts);
    const replicaCount = target.environment === "prod" ? 2 : 1;
    const resources = { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } };
    this.chart = new PinnedChart<ExternalSecretsValues>(
      `${name}-chart`,
      {
        chart: CHARTS.externalSecrets,
        namespace: EXTERNAL_SECRETS,
        values: {
          installCRDs: true,
          replicaCount,
          leaderElect: replicaCount > 1,
          resources,
          webhook: { replicaCount, resources },
          certController: { replicaCount: 1, resources },
          podDisruptionBudget: { enabled: replicaCount > 1, minAvailable: 1 },
        },
      },
      { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) },
    );
    this.registerOutputs();
  }
}
