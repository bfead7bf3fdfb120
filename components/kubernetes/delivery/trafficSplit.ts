import type * as pulumi from "@pulumi/pulumi";
import { customResource } from "../customResource";
import { standardLabels } from "../labels";
import { GATEWAY } from "../namespaces";
import type { IDestinationRule, IHTTPRoute, IRollout, IVirtualService } from "../operatorTypes";
import { GATEWAY_NAME, TLS_LISTENER } from "../routes";

/** How requests are split between the stable and the canary version. */
export interface TrafficSplit {
  /** Host names under which clients outside reach the model; at least one. */
  readonly hostnames: readonly string[];
  /**
   * Whether Istio's mesh is there: then callers inside the cluster are split too, failed requests are repeated, and
   * pods that fail rest. @default false
   */
  readonly istio?: boolean;
}

export interface TrafficSplitArgs {
  readonly workload: string;
  readonly namespace: string;
  readonly port: number;
  readonly traffic: TrafficSplit;
}

/** Header and value by which a client asks for the canary, whatever its share is. */
export const CANARY_HEADER = { name: "x-canary", value: "always" } as const;

/** The route that Argo Rollouts changes the weights of. */
const PRIMARY = "primary";

/** Makes the routes of a canary; weights belong to Argo Rollouts from then on. */
export function createTrafficSplit(name: string, args: TrafficSplitArgs, options: pulumi.CustomResourceOptions): void {
  const { workload, namespace, traffic } = args;
  const metadata = (resource: string) => ({ name: resource, namespace, labels: standardLabels(workload) });
  customResource<IHTTPRoute>(
    `${name}-split`,
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: metadata(`${workload}-canary`),
      spec: routeSpec(args),
    },
    { ...options, ignoreChanges: ["spec.rules[1].backendRefs"] },
  );
  if (!traffic.istio) return;
  customResource<IVirtualService>(
    `${name}-mesh-split`,
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: metadata(`${workload}-canary`),
      spec: virtualServiceSpec(args),
    },
    { ...options, ignoreChanges: ["spec.http[1].route"] },
  );
  for (const role of ["stable", "canary"]) {
    customResource<IDestinationRule>(
      `${name}-${role}-destination`,
      {
        apiVersion: "networking.istio.io/v1",
        kind: "DestinationRule",
        metadata: metadata(`${workload}-${role}`),
        spec: { host: host(args, role), trafficPolicy: TRAFFIC_POLICY },
      },
      options,
    );
  }
}

/** Name inside the cluster of a part of the workload, or of all of it. */
const host = ({ workload, namespace }: TrafficSplitArgs, role?: string) =>
  `${workload}${role === undefined ? "" : `-${role}`}.${namespace}.svc.cluster.local`;

function routeSpec({ workload, port, traffic }: TrafficSplitArgs): NonNullable<IHTTPRoute["spec"]> {
  const to = (role: string, weight: number) => ({ name: `${workload}-${role}`, port, weight });
  const { name, value } = CANARY_HEADER;
  return {
    parentRefs: [{ name: GATEWAY_NAME, namespace: GATEWAY, sectionName: TLS_LISTENER }],
    hostnames: [...traffic.hostnames],
    rules: [
      { matches: [{ headers: [{ type: "Exact", name, value }] }], backendRefs: [to("canary", 1)] },
      { backendRefs: [to("stable", 100), to("canary", 0)], timeouts: { request: "30s" } },
    ],
  };
}

/** A host that failed five times in a row rests for half a minute, but never more than half of them at once. */
const TRAFFIC_POLICY = {
  connectionPool: { http: { http1MaxPendingRequests: 1024, maxRetries: 16 }, tcp: { connectTimeout: "2s" } },
  outlierDetection: {
    consecutive5xxErrors: 5,
    interval: "10s",
    baseEjectionTime: "30s",
    maxEjectionPercent: 50,
  },
};

function virtualServiceSpec(args: TrafficSplitArgs): NonNullable<IVirtualService["spec"]> {
  const to = (role: string, weight: number) => ({
    destination: { host: host(args, role), port: { number: args.port } },
    weight,
  });
  // Repeated only where nothing was predicted yet, so that no request is counted twice.
  const common = {
    timeout: "30s",
    retries: { attempts: 2, perTryTimeout: "10s", retryOn: "connect-failure,refused-stream,503" },
  };
  const { name, value } = CANARY_HEADER;
  return {
    hosts: [host(args)],
    gateways: ["mesh"],
    http: [
      { name: "header", match: [{ headers: { [name]: { exact: value } } }], route: [to("canary", 100)], ...common },
      { name: PRIMARY, route: [to("stable", 100), to("canary", 0)], ...common },
    ],
  };
}

type TrafficRouting = NonNullable<NonNullable<NonNullable<IRollout["spec"]["strategy"]>["canary"]>["trafficRouting"]>;

/** What tells Argo Rollouts where the weights are. */
export function trafficRouting(workload: string, namespace: string, { istio = false }: TrafficSplit): TrafficRouting {
  const route = `${workload}-canary`;
  return {
    plugins: { [GATEWAY_API_PLUGIN]: { httpRoute: route, namespace } },
    ...(istio ? { istio: { virtualService: { name: route, routes: [PRIMARY] } } } : {}),
  };
}

/** Name of the plug-in that lets Argo Rollouts change the Gateway API's routes. */
export const GATEWAY_API_PLUGIN = "argoproj-labs/gatewayAPI";
