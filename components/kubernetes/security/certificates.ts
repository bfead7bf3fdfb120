import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { customResource } from "../customResource";
import { standardLabels } from "../labels";
import type { ICertificate, IClusterIssuer } from "../operatorTypes";
import type { ClusterTarget } from "../target";

const NAMESPACE = "cert-manager";

/** Issuer of certificates for names inside the cluster, by the cluster's own authority. */
export const INTERNAL_ISSUER = "tideline-internal";
/** Issuer of certificates that browsers trust; there when `acme` is given. */
export const PUBLIC_ISSUER = "tideline-public";

/** How long certificates hold and when they are renewed, so that 15 days are left to notice a renewal that fails. */
export const CERTIFICATE_LIFE = { duration: "2160h", renewBefore: "360h" } as const;

export interface CertificatesArgs {
  readonly target: ClusterTarget;
  /**
   * Certificates for public names, ordered over ACME and proven by HTTP through the gateway.
   * @default only certificates of the cluster's own authority
   */
  readonly acme?: {
    /** Who is told of certificates that end. */
    readonly email: string;
    /** Directory of the authority. @default Let's Encrypt, its staging directory outside prod */
    readonly server?: string;
    /** Namespace and name of the Gateway whose listener on port 80 answers the proofs. */
    readonly gateway: { readonly namespace: string; readonly name: string };
  };
}

/** Values of the chart that we set. */
interface CertManagerValues {
  readonly crds: { readonly enabled: boolean; readonly keep: boolean };
  readonly replicaCount: number;
  readonly webhook: { readonly replicaCount: number };
  readonly cainjector: { readonly replicaCount: number };
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
  readonly config: { readonly enableGatewayAPI: boolean };
  readonly resources: { readonly requests: Record<string, string>; readonly limits: Record<string, string> };
}

/** cert-manager with an authority of the cluster's own and, on request, one that browsers trust. */
export class Certificates extends pulumi.ComponentResource {
  readonly chart: PinnedChart<CertManagerValues>;
  /** There once certificates for names inside the cluster are issued. */
  readonly internalIssuer: pulumi.Resource;

  constructor(name: string, args: CertificatesArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("Certificates", name, certificateProblems(args));
    super("tideline:kubernetes:Certificates", name, {}, opts);
    const { target, acme } = args;
    this.chart = new PinnedChart<CertManagerValues>(
      `${name}-chart`,
      { chart: CHARTS.certManager, namespace: NAMESPACE, values: chartValues(target) },
      { parent: this },
    );
    this.internalIssuer = createAuthority(this, name, this.chart);
    if (acme) {
      customResource<IClusterIssuer>(
        `${name}-public`,
        {
          apiVersion: "cert-manager.io/v1",
          kind: "ClusterIssuer",
          metadata: { name: PUBLIC_ISSUER, labels: standardLabels(PUBLIC_ISSUER) },
          spec: { acme: acmeIssuer(target, acme) },
        },
        { parent: this, dependsOn: this.chart },
      );
    }
    this.registerOutputs({ internalIssuer: INTERNAL_ISSUER });
  }
}

/** A self-signed root, kept by cert-manager for ten years, and the issuer that signs with it. */
function createAuthority(parent: pulumi.Resource, name: string, chart: pulumi.Resource): pulumi.Resource {
  const selfSigned = "tideline-self-signed";
  const root = "tideline-root";
  const issuer = (child: string, metadataName: string, spec: IClusterIssuer["spec"], dependsOn: pulumi.Resource) =>
    customResource<IClusterIssuer>(
      `${name}-${child}`,
      {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: { name: metadataName, labels: standardLabels(metadataName) },
        spec,
      },
      { parent, dependsOn },
    );
  const certificate = customResource<ICertificate>(
    `${name}-root`,
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      // The secret of a ClusterIssuer is looked for in cert-manager's own namespace.
      metadata: { name: root, namespace: NAMESPACE, labels: standardLabels(root) },
      spec: {
        isCA: true,
        commonName: root,
        secretName: root,
        duration: "87600h",
        renewBefore: "8760h",
        privateKey: { algorithm: "ECDSA", size: 384, rotationPolicy: "Never" },
        issuerRef: { name: selfSigned, kind: "ClusterIssuer", group: "cert-manager.io" },
      },
    },
    { parent, dependsOn: issuer("self-signed", selfSigned, { selfSigned: {} }, chart) },
  );
  return issuer("internal", INTERNAL_ISSUER, { ca: { secretName: root } }, certificate);
}

const LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";
const LETS_ENCRYPT_STAGING = "https://acme-staging-v02.api.letsencrypt.org/directory";

function acmeIssuer({ environment }: ClusterTarget, acme: NonNullable<CertificatesArgs["acme"]>) {
  const { email, server = environment === "prod" ? LETS_ENCRYPT : LETS_ENCRYPT_STAGING, gateway } = acme;
  const parentRef = { group: "gateway.networking.k8s.io", kind: "Gateway", ...gateway };
  return {
    email,
    server,
    privateKeySecretRef: { name: "tideline-acme-account" },
    solvers: [{ http01: { gatewayHTTPRoute: { parentRefs: [parentRef] } } }],
  };
}

function chartValues({ environment }: ClusterTarget): CertManagerValues {
  const replicas = environment === "prod" ? 2 : 1;
  return {
    crds: { enabled: true, keep: true },
    replicaCount: replicas,
    webhook: { replicaCount: environment === "prod" ? 3 : 1 },
    cainjector: { replicaCount: replicas },
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
    config: { enableGatewayAPI: true },
    resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  };
}

/** A certificate of the cluster's own authority for names inside it, in a secret of the same name. */
export function internalCertificate(
  resource: string,
  args: { readonly name: string; readonly namespace: string; readonly dnsNames: readonly string[] },
  opts: pulumi.CustomResourceOptions,
) {
  const { name, namespace, dnsNames } = args;
  return customResource<ICertificate>(
    resource,
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name, namespace, labels: standardLabels(name) },
      spec: {
        secretName: name,
        dnsNames: [...dnsNames],
        ipAddresses: ["127.0.0.1"],
        ...CERTIFICATE_LIFE,
        usages: ["server auth", "client auth"],
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
        issuerRef: { name: INTERNAL_ISSUER, kind: "ClusterIssuer", group: "cert-manager.io" },
      },
    },
    opts,
  );
}

/** All that is wrong with the arguments. */
export function certificateProblems({ acme }: CertificatesArgs): readonly ArgumentProblem[] {
  if (!acme) return [];
  const { email, server } = acme;
  return [
    ...problemIf(
      !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email),
      "acme.email",
      `is "${email}", which is no mail address; name one that is read.`,
    ),
    ...problemIf(
      server !== undefined && !server.startsWith("https://"),
      "acme.server",
      `is "${server}"; give the https:// address of an ACME directory.`,
    ),
  ];
}
