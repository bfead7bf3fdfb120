import type * as pulumi from "@pulumi/pulumi";
import { driftService } from "../../services/drift/service";
import { servingService } from "../../services/serving/service";
import { trainingService } from "../../services/training/service";
import { databasePassword, databaseUrl } from "./databaseUrl";
import { JobWorkload } from "./jobWorkload";
import type { KubernetesPlatformArgs } from "./platform";
import { enabled, type KubernetesSettings, type ModelSettings } from "./platformSettings";
import { ServiceWorkload, type ServiceWorkloadArgs } from "./serviceWorkload";

/** What the bundled services are told of their neighbours. */
export interface Neighbours {
  /** Base addresses inside the cluster; undefined where monitoring is left out. */
  readonly prometheusUrl: string | undefined;
  readonly alertmanagerUrl: string | undefined;
  /** Where retraining is asked for; undefined without a training pipeline. */
  readonly retrainUrl: string | undefined;
  /** host:port; undefined without Kafka. */
  readonly kafkaBrokers: string | undefined;
  readonly drift: ServiceWorkload | undefined;
}

/** The drift monitor, with the database as its store; in prod it looks more often and asks for retraining earlier. */
export function createDrift(
  name: string,
  { target, foundation, image, settings }: KubernetesPlatformArgs,
  { alertmanagerUrl, prometheusUrl, retrainUrl, kafkaBrokers }: Omit<Neighbours, "drift">,
  options: pulumi.ComponentResourceOptions,
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
        ...(alertmanagerUrl === undefined ? {} : { ALERTMANAGER_URL: alertmanagerUrl }),
        ...(retrainUrl === undefined ? {} : { RETRAIN_URL: retrainUrl }),
        ...(kafkaBrokers === undefined ? {} : { KAFKA_BROKERS: kafkaBrokers }),
      },
      secrets: { PGPASSWORD: databasePassword(target, foundation.database) },
      ...(replicas ? { replicas } : {}),
      ...(resources ? { resources } : {}),
      features: features(settings, prometheusUrl),
    },
    options,
  );
}

/** A model server that tells the drift monitor of the rows it sees. */
export function createModelServer(
  name: string,
  workload: string,
  model: ModelSettings,
  { target, foundation, image, settings }: KubernetesPlatformArgs,
  { prometheusUrl, drift }: Pick<Neighbours, "prometheusUrl" | "drift">,
  options: pulumi.ComponentResourceOptions,
): ServiceWorkload {
  const { name: modelName, version, hostnames, grpcHostnames, scaleToZero, ...sizes } = model;
  const environment = {
    OBJECT_STORE_URL: foundation.objects.modelsUrl,
    ...(drift ? { DRIFT_URL: drift.url } : {}),
  };
  return new ServiceWorkload(
    `${name}-${workload}`,
    {
      target,
      descriptor: servingService,
      workload,
      image,
      model: { name: modelName, version },
      environment,
      ...sizes,
      ...(scaleToZero && prometheusUrl !== undefined ? { scaleToZero: { ...scaleToZero, prometheusUrl } } : {}),
      ...(hostnames ? { route: { hostnames, ...(grpcHostnames ? { grpcHostnames } : {}) } } : {}),
      features: features(settings, prometheusUrl),
    },
    options,
  );
}

/** Where the image has the example's data. */
const BUNDLED_DATASET = "services/training/data/breast_cancer_wisconsin.csv";

/** The bundled training job, if it is wanted. */
export function createTraining(
  name: string,
  { target, foundation, image, settings }: KubernetesPlatformArgs,
  options: pulumi.ComponentResourceOptions,
): void {
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
    options,
  );
}

function features(
  { recommendations = false }: KubernetesSettings,
  prometheusUrl: string | undefined,
): ServiceWorkloadArgs["features"] {
  return { monitoring: prometheusUrl !== undefined, recommendations };
}
