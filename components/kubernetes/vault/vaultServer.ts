import * as pulumi from "@pulumi/pulumi";
import { problemIf, refuseProblems } from "../../arguments";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { IMAGES } from "../images";
import { VAULT } from "../namespaces";
import { RESTRICTED_CONTAINER, restrictedPod } from "../podSecurity";
import { internalCertificate } from "../security/certificates";
import type { ClusterTarget } from "../target";
import { sealStanza } from "./seal";
import { serverConfig, TLS_FOLDER } from "./serverConfig";

export interface VaultServerArgs {
  readonly target: ClusterTarget;
  /** Key that Vault unseals itself with: the foundation's `secrets.keyId`. */
  readonly keyId: pulumi.Input<string>;
  /** Members of the Raft cluster: 3 or 5. @default 3 */
  readonly replicas?: 3 | 5;
  /** Size of each member's data, GiB. @default 10 */
  readonly dataGb?: number;
  /** Size of each member's audit log, GiB; Vault answers nothing while it cannot write it. @default 10 */
  readonly auditGb?: number;
  /** @default the cluster's default class */
  readonly storageClass?: string;
}

/** Name of the secret with the server's certificate, its key and the authority's certificate. */
const TLS_SECRET = "vault-tls";
/** User and group of Vault's image. */
const VAULT_USER = 100;
const INJECTOR_USER = 100;

/**
 * Vault as a Raft cluster of three, with TLS between everything, unsealed by the cloud's key under the identity of the
 * service account `vault`, and the injector that hands secrets to pods. It waits to be initialised once, by
 * `vault operator init`, whose recovery keys nobody but people may see.
 */
export class VaultServer extends pulumi.ComponentResource {
  /** Address inside the cluster. */
  readonly address: string;
  readonly chart: PinnedChart<VaultValues>;

  constructor(name: string, args: VaultServerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { target, keyId, replicas = 3, dataGb = 10, auditGb = 10 } = args;
    refuseProblems("VaultServer", name, [...volumeProblems("dataGb", dataGb), ...volumeProblems("auditGb", auditGb)]);
    super("tideline:kubernetes:VaultServer", name, {}, opts);
    this.address = `https://vault-active.${VAULT}.svc:8200`;
    const certificate = internalCertificate(
      `${name}-certificate`,
      { name: TLS_SECRET, namespace: VAULT, dnsNames: serverNames(replicas) },
      { parent: this },
    );
    const config = pulumi
      .all([target.region, keyId])
      .apply(([region, key]) => serverConfig(sealStanza(target.cloud, region, key), replicas));
    this.chart = new PinnedChart<VaultValues>(
      `${name}-chart`,
      {
        chart: CHARTS.vault,
        namespace: VAULT,
        values: vaultValues(target, config, { replicas, dataGb, auditGb, ...args }),
      },
      { parent: this, dependsOn: certificate },
    );
    this.registerOutputs({ address: this.address });
  }
}

/** Values of the chart that we set. */
interface VaultValues {
  readonly global: { readonly tlsDisable: boolean };
  readonly injector: object;
  readonly server: object;
  readonly ui: { readonly enabled: boolean };
  readonly csi: { readonly enabled: boolean };
}

type Sizes = Required<Pick<VaultServerArgs, "replicas" | "dataGb" | "auditGb">> & Pick<VaultServerArgs, "storageClass">;

function vaultValues(target: ClusterTarget, config: pulumi.Output<string>, sizes: Sizes): VaultValues {
  const { replicas, dataGb, auditGb, storageClass } = sizes;
  const volume = (size: number) => ({ enabled: true, size: `${size}Gi`, ...(storageClass ? { storageClass } : {}) });
  return {
    global: { tlsDisable: false },
    ui: { enabled: false },
    csi: { enabled: false },
    injector: injectorValues(target),
    server: {
      // The account is Tideline's: it carries the cloud identity that may use the key.
      serviceAccount: { create: false, name: "vault" },
      ...(target.cloud === "azure" ? { extraLabels: { "azure.workload.identity/use": "true" } } : {}),
      resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "1Gi" } },
      // A member that nobody has initialised yet is ready, or the release would be rolled back before anybody could.
      readinessProbe: {
        enabled: true,
        path: "/v1/sys/health?standbyok=true&sealedcode=204&uninitcode=204",
        port: 8200,
      },
      livenessProbe: {
        enabled: true,
        path: "/v1/sys/health?standbyok=true&sealedcode=204&uninitcode=204",
        port: 8200,
        initialDelaySeconds: 60,
      },
      extraEnvironmentVars: { VAULT_CACERT: `${TLS_FOLDER}/ca.crt`, SKIP_SETCAP: "true", SKIP_CHOWN: "true" },
      volumes: [
        { name: TLS_SECRET, secret: { secretName: TLS_SECRET } },
        { name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
      ],
      volumeMounts: [
        { name: TLS_SECRET, mountPath: TLS_FOLDER, readOnly: true },
        { name: "tmp", mountPath: "/tmp" },
      ],
      shareProcessNamespace: true,
      extraContainers: [certificateReloader()],
      statefulSet: { securityContext: { pod: restrictedPod(VAULT_USER), container: RESTRICTED_CONTAINER } },
      dataStorage: volume(dataGb),
      auditStorage: volume(auditGb),
      standalone: { enabled: false },
      ha: {
        enabled: true,
        replicas,
        raft: { enabled: true, setNodeId: true, config },
        disruptionBudget: { enabled: true, maxUnavailable: 1 },
      },
    },
  };
}

/** Vault reads a renewed certificate only when it is told to; this tells it, a minute after the file has changed. */
function certificateReloader() {
  const script = `
    seen=$(sha256sum ${TLS_FOLDER}/tls.crt)
    while sleep 60; do
      now=$(sha256sum ${TLS_FOLDER}/tls.crt)
      if [ "$now" != "$seen" ] && kill -HUP $(pidof vault); then seen=$now; fi
    done`;
  return {
    name: "certificate-reloader",
    image: IMAGES.vault,
    command: ["/bin/sh", "-c", script.replaceAll(/^ {4}/gm, "").trim()],
    volumeMounts: [{ name: TLS_SECRET, mountPath: TLS_FOLDER, readOnly: true }],
    securityContext: RESTRICTED_CONTAINER,
    resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "32Mi" } },
  };
}

function injectorValues({ environment }: ClusterTarget) {
  return {
    enabled: true,
    replicas: environment === "prod" ? 2 : 1,
    leaderElector: { enabled: true },
    // Pods must not start without the secrets that they ask for.
    webhook: { failurePolicy: "Fail", objectSelector: { matchLabels: { "tideline.dev/vault": "inject" } } },
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
    agentDefaults: { cpuRequest: "50m", cpuLimit: "500m", memRequest: "64Mi", memLimit: "128Mi" },
    securityContext: { pod: restrictedPod(INJECTOR_USER), container: RESTRICTED_CONTAINER },
    podDisruptionBudget: environment === "prod" ? { maxUnavailable: 1 } : {},
  };
}

/** Every name that a client, a member or the load balancer of a service may call a member by. */
function serverNames(replicas: number): string[] {
  const services = ["vault", "vault-active", "vault-standby", "vault-internal"];
  const members = Array.from({ length: replicas }, (_, index) => `vault-${index}.vault-internal`);
  return [
    "localhost",
    ...[...services, ...members].flatMap((service) => [
      service,
      `${service}.${VAULT}`,
      `${service}.${VAULT}.svc`,
      `${service}.${VAULT}.svc.cluster.local`,
    ]),
  ];
}

function volumeProblems(path: string, size: number) {
  return problemIf(
    !Number.isInteger(size) || size < 1 || size > 1000,
    path,
    `is ${size}; give whole GiB from 1 to 1000.`,
  );
}
