import * as pulumi from "@pulumi/pulumi";
import { driftService } from "../../services/drift/service";
import { servingService } from "../../services/serving/service";
import { trainingService } from "../../services/training/service";
import { refuseProblems } from "../arguments";
import type { Foundation } from "../contract";
import { Admission } from "./admission";
import { ClusterBase } from "./base";
import { databasePassword, databaseUrl } from "./databaseUrl";
import { GpuSupport } from "./gpu";
import { JobWorkload } from "./jobWorkload";
import { GATEWAY, GPU } from "./namespaces";
import { platformProblems } from "./platformProblems";
import { enabled, type KubernetesSettings, type ModelSettings } from "./platformSettings";
import { GATEWAY_NAME } from "./routes";
import { EXTERNAL_SECRETS, SecretsOperator } from "./secretsOperator";
import { Certificates } from "./security/certificates";
import { SERVICE_ACCOUNTS } from "./serviceAccounts";
import type { ServiceImage } from "./serviceImage";
import { ServiceWorkload } from "./serviceWorkload";
import type { ClusterTarget } from "./target";

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
  /** Drift monitor; undefined when it is left out. */
  readonly drift: ServiceWorkload | undefined;
  /** Model servers by workload. */
  readonly models: Readonly<Record<string, ServiceWorkload>>;

  constructor(name: string, args: KubernetesPlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("KubernetesPlatform", name, platformProblems(args));
    super("tideline:kubernetes:KubernetesPlatform", name, {}, opts);
    this.base = this.createBase(name, args);
    const operators = this.createOperators(name, args);
    const admission = this.createAdmission(name, args);
    if (hasGpuSupport(args)) this.createGpuSupport(name, args);
    this.drift = enabled(args.settings.drift) ? this.createDrift(name, args, [...operators, ...admission]) : undefined;
    const { drift } = this;
    this.models = Object.fromEntries(
      Object.entries(args.settings.models ?? {}).map(([workload, model]) => [
        workload,
        this.serve(`${name}-${workload}`, workload, model, args, drift),
      ]),
    );
    this.createTraining(name, args);
    this.registerOutputs({ modelUrls: Object.values(this.models).map(({ url }) => url) });
  }

  private createBase(name: string, { target, foundation, settings }: KubernetesPlatformArgs): ClusterBase {
    const { size, access, externalSecrets, certificates } = settings;
    const identities = Object.entries(foundation.identities).filter(([workload]) => workload in SERVICE_ACCOUNTS);
    return new ClusterBase(
      `${name}-base`,
      {
        target,
        namespaces: [
          GATEWAY,
          ...(enabled(externalSecrets) ? [EXTERNAL_SECRETS] : []),
          ...(enabled(certificates) ? ["cert-manager"] : []),
          ...(hasGpuSupport({ target, settings }) ? [GPU] : []),
        ],
        identities: Object.fromEntries(identities),
        ...(size ? { size } : {}),
        ...(access ? { access } : {}),
      },
      { parent: this },
    );
  }

  /** What defines the kinds that workloads use. */
  private createOperators(name: string, { target, settings }: KubernetesPlatformArgs): pulumi.Resource[] {
    const { externalSecrets, certificates } = settings;
    const options = { parent: this, dependsOn: [this.base] };
    const operators: pulumi.Resource[] = [];
    if (enabled(externalSecrets)) operators.push(new SecretsOperator(`${name}-secrets`, { target }, options));
    if (enabled(certificates)) {
      const email = certificates?.acmeEmail;
      const acme = email === undefined ? {} : { acme: { email, gateway: { namespace: GATEWAY, name: GATEWAY_NAME } } };
      operators.push(new Certificates(`${name}-certificates`, { target, ...acme }, options));
    }
    return operators;
  }

  /** In force before the first workload, so that it is held to them too. */
  private createAdmission(name: string, { target, image, settings }: KubernetesPlatformArgs): pulumi.Resource[] {
    const { registries = [], by } = settings.admission ?? {};
    if (!enabled(settings.admission)) return [];
    const args = { target, registries: [image.repository, ...registries], ...(by ? { by } : {}) };
    return [new Admission(`${name}-admission`, args, { parent: this, dependsOn: [this.base] })];
  }

  private createGpuSupport(name: string, { target, settings }: KubernetesPlatformArgs): void {
    const { enabled: _, ...gpu } = settings.gpu ?? {};
    new GpuSupport(
      `${name}-gpu`,
      { target, settings: gpu, monitoring: featuresOf(settings).monitoring },
      { parent: this, dependsOn: [this.base] },
    );
  }

  private createDrift(
    name: string,
    { target, foundation, image, settings }: KubernetesPlatformArgs,
    operators: pulumi.Resource[],
  ): ServiceWorkload {
    const { replicas, resources } = settings.drift ?? {};
    const prod = target.environment === "prod";
    return new ServiceWorkload(
      `${name}-drift`,
      {
        target,
        descriptor: driftService,
        image,
        environment: {
          DATABASE_URL: databaseUrl(target, foundation.database),
          ...(prod ? { MONITOR_INTERVAL_SECONDS: "14400", RETRAIN_SCORE: "0.7" } : {}),
        },
        secrets: { PGPASSWORD: databasePassword(target, foundation.database) },
        ...(replicas ? { replicas } : {}),
        ...(resources ? { resources } : {}),
        features: featuresOf(settings),
      },
      { parent: this, dependsOn: [this.base, ...operators] },
    );
  }

  private serve(
    name: string,
    workload: string,
    model: ModelSettings,
    { target, foundation, image, settings }: KubernetesPlatformArgs,
    drift: ServiceWorkload | undefined,
  ): ServiceWorkload {
    const { name: modelName, version, hostnames, grpcHostnames, scaleToZero: _, ...sizes } = model;
    return new ServiceWorkload(
      name,
      {
        target,
        descriptor: servingService,
        workload,
        image,
        model: { name: modelName, version },
        environment: {
          OBJECT_STORE_URL: foundation.objects.modelsUrl,
          ...(drift ? { DRIFT_URL: drift.url } : {}),
        },
        ...sizes,
        ...(hostnames ? { route: { hostnames, ...(grpcHostnames ? { grpcHostnames } : {}) } } : {}),
        features: featuresOf(settings),
      },
      { parent: this, dependsOn: [this.base, ...(drift ? [drift] : [])] },
    );
  }

  private createTraining(name: string, { target, foundation, image, settings }: KubernetesPlatformArgs): void {
    const { training } = settings;
    if (!training || !enabled(training)) return;
    const { model, schedule, dataset = BUNDLED_DATASET } = training;
    new JobWorkload(
      `${name}-training`,
      {
        target,
        descriptor: trainingService,
        image,
        environment: { OBJECT_STORE_URL: foundation.objects.modelsUrl, MODEL_NAME: model, DATASET: dataset },
        ...(schedule === undefined ? {} : { schedule }),
      },
      { parent: this, dependsOn: [this.base] },
    );
  }
}

function hasGpuSupport({ target, settings }: Pick<KubernetesPlatformArgs, "target" | "settings">): boolean {
  return enabled(settings.gpu) && Object.values(target.nodePools).some(({ gpusPerNode }) => gpusPerNode > 0);
}

/** Where the image has the example's data. */
const BUNDLED_DATASET = "services/training/data/breast_cancer_wisconsin.csv";

function featuresOf({ recommendations = false }: KubernetesSettings) {
  return { monitoring: false, recommendations };
}
