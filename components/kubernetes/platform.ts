import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import type { Foundation } from "../contract";
import { Admission } from "./admission";
import { ClusterBase } from "./base";
import { TlsGateway } from "./gateway";
import { GpuSupport } from "./gpu";
import { KedaOperator } from "./kedaOperator";
import { Monitoring, type MonitoringAccount } from "./monitoring/monitoring";
import { GATEWAY } from "./namespaces";
import { OptionalParts } from "./optionalParts";
import { hostnamesOf, type PlatformParts, platformNamespaces, platformParts } from "./platformNamespaces";
import { platformProblems } from "./platformProblems";
import { createDrift, createModelServer, createTraining } from "./platformServices";
import type { KubernetesSettings, Part } from "./platformSettings";
import { GATEWAY_NAME } from "./routes";
import { SecretsOperator } from "./secretsOperator";
import { Certificates } from "./security/certificates";
import { SERVICE_ACCOUNTS } from "./serviceAccounts";
import type { ServiceImage } from "./serviceImage";
import type { ServiceWorkload } from "./serviceWorkload";
import type { ClusterTarget } from "./target";
import { VaultBackup } from "./vault/vaultBackup";
import { VaultServer } from "./vault/vaultServer";

export interface KubernetesPlatformArgs {
  readonly target: ClusterTarget;
  /** What the cloud gives; identities by workload, of which those with a service account are used. */
  readonly foundation: Pick<Foundation, "database" | "objects" | "identities" | "secrets">;
  /** Image of the bundled services; by digest in prod. */
  readonly image: ServiceImage;
  readonly settings: KubernetesSettings;
}

/** All that Tideline puts on one cluster, in the order in which its parts stand on each other. */
export class KubernetesPlatform extends pulumi.ComponentResource {
  readonly base: ClusterBase;
  /** Undefined when it is left out. */
  readonly monitoring: Monitoring | undefined;
  readonly drift: ServiceWorkload | undefined;
  /** Data, delivery, resilience and security, as far as the settings name them. */
  readonly optional: OptionalParts;
  /** Model servers by workload. */
  readonly models: Readonly<Record<string, ServiceWorkload>>;

  constructor(name: string, args: KubernetesPlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("KubernetesPlatform", name, platformProblems(args));
    super("tideline:kubernetes:KubernetesPlatform", name, {}, opts);
    const parts = platformParts(args);
    this.base = this.createBase(name, args, parts);
    const secrets = parts.externalSecrets ? [this.createSecretsOperator(name, args)] : [];
    const certificates = parts.certificates ? [this.createCertificates(name, args)] : [];
    this.monitoring = parts.monitoring ? this.createMonitoring(name, args, secrets) : undefined;
    const watched = this.monitoring ? [this.monitoring] : [];
    if (parts.vault) this.createVault(name, args, certificates);
    const admission = parts.admission ? [this.createAdmission(name, args)] : [];
    if (parts.gpu) this.createGpuSupport(name, args, watched);
    const keda = parts.keda ? [new KedaOperator(`${name}-keda`, args, this.after())] : [];
    const gateway = parts.gateway ? [this.createGateway(name, args, certificates)] : [];

    const ready = [...watched, ...admission];
    this.optional = new OptionalParts(`${name}-more`, args, this.after(...secrets, ...certificates, ...ready));

    const { prometheusUrl, alertmanagerUrl } = this.monitoring ?? {};
    const { retrainUrl, kafkaBrokers } = this.optional;
    const neighbours = { prometheusUrl, alertmanagerUrl, retrainUrl, kafkaBrokers };
    this.drift = parts.drift ? createDrift(name, args, neighbours, this.after(...secrets, ...ready)) : undefined;
    const { drift } = this;
    const before = [...ready, ...keda, ...gateway, ...(drift ? [drift] : [])];
    this.models = Object.fromEntries(
      Object.entries(args.settings.models ?? {}).map(([workload, model]) => [
        workload,
        createModelServer(name, workload, model, args, { prometheusUrl, drift }, this.after(...before)),
      ]),
    );
    createTraining(name, args, this.after(...admission));
    this.registerOutputs({ modelUrls: Object.values(this.models).map(({ url }) => url) });
  }

  /** Options of a part: made after the namespaces, and after what else it stands on. */
  private after(...parts: pulumi.Resource[]): { parent: pulumi.Resource; dependsOn: pulumi.Resource[] } {
    return { parent: this, dependsOn: [this.base, ...parts] };
  }

  private createBase(
    name: string,
    { target, foundation, settings }: KubernetesPlatformArgs,
    parts: PlatformParts,
  ): ClusterBase {
    const { size, access } = settings;
    const identities = Object.entries(foundation.identities).filter(([workload]) => workload in SERVICE_ACCOUNTS);
    return new ClusterBase(
      `${name}-base`,
      {
        target,
        namespaces: platformNamespaces(parts, settings),
        identities: Object.fromEntries(identities),
        ...(size ? { size } : {}),
        ...(access ? { access } : {}),
      },
      { parent: this },
    );
  }

  private createSecretsOperator(name: string, { target }: KubernetesPlatformArgs): SecretsOperator {
    return new SecretsOperator(`${name}-secrets`, { target }, this.after());
  }

  private createCertificates(name: string, { target, settings }: KubernetesPlatformArgs): Certificates {
    const email = settings.certificates?.acmeEmail;
    const acme = email === undefined ? {} : { acme: { email, gateway: { namespace: GATEWAY, name: GATEWAY_NAME } } };
    return new Certificates(`${name}-certificates`, { target, ...acme }, this.after());
  }

  private createMonitoring(
    name: string,
    { target, foundation, settings }: KubernetesPlatformArgs,
    secrets: pulumi.Resource[],
  ): Monitoring {
    const annotations = MONITORING_ACCOUNTS.flatMap((account) => {
      const identity = foundation.identities[account];
      return identity ? [[account, identity.serviceAccountAnnotations] as const] : [];
    });
    return new Monitoring(
      `${name}-monitoring`,
      { target, settings: withoutSwitch(settings.monitoring), accountAnnotations: Object.fromEntries(annotations) },
      this.after(...secrets),
    );
  }

  private createVault(
    name: string,
    { target, foundation, settings }: KubernetesPlatformArgs,
    certificates: pulumi.Resource[],
  ): void {
    const { keyId } = foundation.secrets;
    const args = { target, keyId, ...withoutSwitch(settings.vault) };
    const server = new VaultServer(`${name}-vault`, args, this.after(...certificates));
    // Without an identity that may write to the object store every backup would fail.
    const identity = foundation.identities["vault-backup"];
    if (!identity) return;
    const storeUrl = foundation.objects.artifactsUrl;
    const backup = { target, storeUrl, address: server.address, identity };
    new VaultBackup(`${name}-vault-backup`, backup, this.after(server));
  }

  /** In force before the first workload, so that it is held to them too. */
  private createAdmission(name: string, { target, image, settings }: KubernetesPlatformArgs): Admission {
    const { registries = [], by } = settings.admission ?? {};
    const args = { target, registries: [image.repository, ...registries], ...(by ? { by } : {}) };
    return new Admission(`${name}-admission`, args, this.after());
  }

  private createGpuSupport(
    name: string,
    { target, settings }: KubernetesPlatformArgs,
    watched: readonly pulumi.Resource[],
  ): void {
    const args = { target, settings: withoutSwitch(settings.gpu), monitoring: watched.length > 0 };
    new GpuSupport(`${name}-gpu`, args, this.after(...watched));
  }

  private createGateway(
    name: string,
    { target, settings }: KubernetesPlatformArgs,
    certificates: pulumi.Resource[],
  ): TlsGateway {
    const issuer = settings.certificates?.acmeEmail === undefined ? "internal" : "public";
    return new TlsGateway(
      `${name}-gateway`,
      { target, hostnames: hostnamesOf(settings), issuer, settings: withoutSwitch(settings.gateway) },
      this.after(...certificates),
    );
  }
}

/** Accounts of monitoring that a foundation may have an identity for. */
const MONITORING_ACCOUNTS: readonly MonitoringAccount[] = ["loki", "tempo", "alertmanager"];

/** A part's settings without its switch. */
function withoutSwitch<Settings extends Part>(settings: Settings | undefined): Omit<Settings, "enabled"> {
  const { enabled: _, ...rest } = settings ?? ({} as Settings);
  return rest;
}
