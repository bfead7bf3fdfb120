import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import { PinnedChart } from "./chart";
import { CHARTS } from "./charts";
import { customResource } from "./customResource";
import { type Labels, standardLabels } from "./labels";
import { GATEWAY } from "./namespaces";
import type { ICertificate } from "./operatorTypes";
import { GATEWAY_NAME, TLS_LISTENER } from "./routes";
import { CERTIFICATE_LIFE, INTERNAL_ISSUER, PUBLIC_ISSUER } from "./security/certificates";
import type { ClusterTarget } from "./target";

/** Where the gateway's control plane runs. */
export const ISTIO = "istio-system";

/** What the gateway can be told. */
export interface GatewaySettings {
  /** Whether its load balancer has an address of the internet. @default false: of the cloud network */
  readonly public?: boolean;
  /**
   * Class of a controller that the cluster has already, such as gke-l7-regional-external-managed. @default Istio, which is
   * installed
   */
  readonly className?: string;
}

export interface TlsGatewayArgs {
  readonly target: ClusterTarget;
  /** All host names of routes; at least one. */
  readonly hostnames: readonly string[];
  /** Who signs the certificate: an authority that browsers trust, or the cluster's own. */
  readonly issuer: "public" | "internal";
  readonly settings?: GatewaySettings;
}

/** Gateway API v1, as far as it is used. Source: gateway-api.sigs.k8s.io, API reference. */
interface Gateway {
  readonly apiVersion: "gateway.networking.k8s.io/v1";
  readonly kind: "Gateway";
  readonly spec: {
    readonly gatewayClassName: string;
    readonly infrastructure: { readonly annotations: Labels };
    readonly listeners: readonly object[];
  };
}

interface RedirectRoute {
  readonly apiVersion: "gateway.networking.k8s.io/v1";
  readonly kind: "HTTPRoute";
  readonly spec: { readonly parentRefs: readonly object[]; readonly rules: readonly object[] };
}

const CERTIFICATE = "tideline-gateway-tls";
const PLAIN_LISTENER = "http";

/**
 * The one way in: a Gateway that ends TLS and leads host names to services by their routes. The cluster must have the
 * definitions of the Gateway API, which GKE brings and others take from that project's standard-install.yaml.
 */
export class TlsGateway extends pulumi.ComponentResource {
  constructor(name: string, args: TlsGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("TlsGateway", name, gatewayProblems(args));
    super("tideline:kubernetes:TlsGateway", name, {}, opts);
    const { target, hostnames, issuer, settings = {} } = args;
    const controller = settings.className === undefined ? installIstio(this, name, target, opts) : [];
    const options = { parent: this, dependsOn: controller };
    const metadata = { name: GATEWAY_NAME, namespace: GATEWAY, labels: standardLabels("gateway") };
    customResource<ICertificate>(
      `${name}-certificate`,
      {
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        metadata: { ...metadata, name: CERTIFICATE },
        spec: {
          secretName: CERTIFICATE,
          dnsNames: [...hostnames],
          ...CERTIFICATE_LIFE,
          privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
          issuerRef: { kind: "ClusterIssuer", name: issuer === "public" ? PUBLIC_ISSUER : INTERNAL_ISSUER },
        },
      },
      { parent: this },
    );
    const gateway = customResource<Gateway>(
      `${name}-gateway`,
      { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", metadata, spec: gatewaySpec(args) },
      options,
    );
    customResource<RedirectRoute>(
      `${name}-redirect`,
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: { ...metadata, name: "to-https" },
        spec: {
          parentRefs: [{ name: GATEWAY_NAME, namespace: GATEWAY, sectionName: PLAIN_LISTENER }],
          rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
        },
      },
      { parent: this, dependsOn: gateway },
    );
    this.registerOutputs();
  }
}

function installIstio(
  parent: pulumi.Resource,
  name: string,
  { environment }: ClusterTarget,
  opts: pulumi.ComponentResourceOptions | undefined,
): pulumi.Resource[] {
  const after = opts?.dependsOn ? { dependsOn: opts.dependsOn } : {};
  const base = new PinnedChart(
    `${name}-istio-base`,
    { chart: CHARTS.istioBase, namespace: ISTIO, values: { defaultRevision: "default" } },
    { parent, ...after },
  );
  const replicas = environment === "prod" ? 2 : 1;
  const values = {
    autoscaleMin: replicas,
    autoscaleMax: 5,
    resources: { requests: { cpu: "200m", memory: "512Mi" }, limits: { memory: "2Gi" } },
    podDisruptionBudget: { minAvailable: 1 },
    global: {
      proxy: { resources: { requests: { cpu: "200m", memory: "256Mi" }, limits: { memory: "1Gi" } } },
      defaultPodDisruptionBudget: { enabled: replicas > 1 },
    },
  };
  return [
    new PinnedChart(`${name}-istiod`, { chart: CHARTS.istiod, namespace: ISTIO, values }, { parent, dependsOn: base }),
  ];
}

/** Annotations that keep a load balancer inside the network. Sources: each cloud's load balancer documentation. */
const INTERNAL: Readonly<Record<ClusterTarget["cloud"], Labels>> = {
  aws: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
  gcp: { "networking.gke.io/load-balancer-type": "Internal" },
  azure: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
};

/** By address of the pod, so that clients' addresses are kept and no node is passed through. */
const TYPE: Readonly<Record<ClusterTarget["cloud"], Labels>> = {
  aws: {
    "service.beta.kubernetes.io/aws-load-balancer-type": "external",
    "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
  },
  gcp: {},
  azure: {},
};

function gatewaySpec({ target, settings = {} }: TlsGatewayArgs): Gateway["spec"] {
  const { public: open = false, className = "istio" } = settings;
  const { cloud } = target;
  const scheme =
    open && cloud === "aws" ? { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" } : {};
  // Routes of Tideline's own namespaces alone may join.
  const from = {
    namespaces: { from: "Selector", selector: { matchLabels: { "app.kubernetes.io/part-of": "tideline" } } },
  };
  return {
    gatewayClassName: className,
    infrastructure: { annotations: { ...TYPE[cloud], ...(open ? scheme : INTERNAL[cloud]) } },
    listeners: [
      { name: PLAIN_LISTENER, port: 80, protocol: "HTTP", allowedRoutes: from },
      {
        name: TLS_LISTENER,
        port: 443,
        protocol: "HTTPS",
        tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: CERTIFICATE }] },
        allowedRoutes: from,
      },
    ],
  };
}

/** All that is wrong with the arguments. */
export function gatewayProblems({ hostnames }: TlsGatewayArgs): readonly ArgumentProblem[] {
  return [
    ...problemIf(
      hostnames.length === 0,
      "hostnames",
      "is empty, so the gateway would lead nowhere; name a model's host, or leave the gateway out.",
    ),
    ...hostnames.flatMap((host, index) =>
      problemIf(
        !/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(host),
        `hostnames[${index}]`,
        `is "${host}", which is no host name; give one such as models.example.com.`,
      ),
    ),
  ];
}
