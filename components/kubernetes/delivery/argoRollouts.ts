import * as pulumi from "@pulumi/pulumi";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { RESTRICTED_CONTAINER } from "../podSecurity";
import type { ClusterTarget } from "../target";
import { GATEWAY_API_PLUGIN } from "./trafficSplit";

export interface ArgoRolloutsArgs {
  readonly target: ClusterTarget;
}

/** Values of the chart that we set. */
interface ArgoRolloutsValues {
  readonly installCRDs: boolean;
  readonly keepCRDs: boolean;
  readonly dashboard: { readonly enabled: boolean };
  readonly containerSecurityContext: object;
  readonly controller: {
    readonly replicas: number;
    readonly resources: object;
    readonly pdb: { readonly enabled: boolean; readonly minAvailable: number };
    readonly metrics: { readonly enabled: boolean };
    readonly trafficRouterPlugins: readonly { readonly name: string; readonly location: string }[];
  };
  readonly providerRBAC: { readonly providers: Readonly<Record<string, boolean>> };
}

const PLUGIN_VERSION = "v0.9.0";
const PLUGIN = `https://github.com/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi/releases/download/${PLUGIN_VERSION}/gatewayapi-plugin-linux-amd64`;

/** Argo Rollouts, which releases new versions step by step, with the plug-in for the Gateway API. */
export class ArgoRollouts extends pulumi.ComponentResource {
  constructor(name: string, { target }: ArgoRolloutsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:kubernetes:ArgoRollouts", name, {}, opts);
    const replicas = target.environment === "prod" ? 2 : 1;
    new PinnedChart<ArgoRolloutsValues>(
      `${name}-chart`,
      {
        chart: CHARTS.argoRollouts,
        namespace: "argo-rollouts",
        values: {
          installCRDs: true,
          keepCRDs: true,
          dashboard: { enabled: false },
          containerSecurityContext: RESTRICTED_CONTAINER,
          controller: {
            replicas,
            resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
            pdb: { enabled: replicas > 1, minAvailable: 1 },
            metrics: { enabled: true },
            trafficRouterPlugins: [{ name: GATEWAY_API_PLUGIN, location: PLUGIN }],
          },
          // Of the controller's rights those for routers that are not used here are left out.
          providerRBAC: {
            providers: {
              istio: true,
              gatewayAPI: true,
              smi: false,
              ambassador: false,
              awsLoadBalancerController: false,
              awsAppMesh: false,
              traefik: false,
              apisix: false,
              contour: false,
              glooPlatform: false,
            },
          },
        },
      },
      { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) },
    );
    this.registerOutputs();
  }
}
