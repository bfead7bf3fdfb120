import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LocalDatabase } from "../components/local/database";
import { LocalJob } from "../components/local/job";
import { LocalObjectStore } from "../components/local/objectStore";
import { LocalService, localUrl } from "../components/local/service";
import { driftService } from "../services/drift/service";
import { servingService } from "../services/serving/service";
import { trainingService } from "../services/training/service";
import type { Config } from "./config";
import type { StackOutputs } from "./outputs";

/** Stack `local`: object store, database, training, drift and serving as processes of this machine. */
export function localPlatform({ environment, home, root, model, serving, drift, metadata }: Config): StackOutputs {
  const objects = new LocalObjectStore("objects", { home });
  const database = new LocalDatabase("metadata", { ...metadata, home });
  const training = trainedModel(root, home, model, objects);
  const trained = training.result.apply((result) => result as unknown as TrainingResult);
  const driftWorkload = new LocalService(
    "drift",
    {
      descriptor: driftService,
      port: drift.port,
      environment: { DATABASE_URL: database.connectionUrl, LOG_LEVEL: drift.logLevel },
      home,
    },
    { dependsOn: database },
  );
  const servingWorkload = new LocalService(
    "serving",
    {
      descriptor: servingService,
      port: serving.port,
      furtherPorts: { grpc: serving.grpcPort },
      environment: {
        OBJECT_STORE_URL: objects.modelsUrl,
        MODEL_NAME: model.name,
        MODEL_VERSION: trained.version,
        MAX_BATCH_SIZE: String(serving.maxBatchSize),
        MAX_BATCH_DELAY_MS: String(serving.maxBatchDelayMs),
        MAX_QUEUE_SIZE: String(serving.maxQueueSize),
        DRIFT_URL: localUrl(drift.port),
        DRIFT_SAMPLE_RATE: String(serving.driftSampleRate),
        DRIFT_WINDOW_ROWS: String(serving.driftWindowRows),
        DRIFT_INTERVAL_SECONDS: String(serving.driftIntervalSeconds),
        LOG_LEVEL: serving.logLevel,
      },
      home,
    },
    { dependsOn: driftWorkload },
  );
  return {
    environment: pulumi.output(environment),
    servingUrl: servingWorkload.url,
    servingGrpcUrl: servingWorkload.url.apply((url) => `${new URL(url).hostname}:${serving.grpcPort}`),
    servingDocsUrl: pulumi.interpolate`${servingWorkload.url}/docs`,
    driftUrl: driftWorkload.url,
    driftDocsUrl: pulumi.interpolate`${driftWorkload.url}/docs`,
    modelName: pulumi.output(model.name),
    modelVersion: trained.version,
    modelChecksum: trained.checksum,
    modelAccuracy: trained.metrics.apply((metrics) => metrics.accuracy ?? Number.NaN),
    modelAuc: trained.metrics.apply((metrics) => metrics.auc ?? Number.NaN),
    referenceId: pulumi.interpolate`${model.name}-${trained.version}`,
    modelsUrl: objects.modelsUrl,
    databaseUrl: database.connectionUrl,
  };
}

/** What the training job prints. */
interface TrainingResult {
  readonly version: string;
  readonly checksum: string;
  readonly metrics: Readonly<Record<string, number>>;
}

function trainedModel(root: string, home: string, model: Config["model"], objects: LocalObjectStore): LocalJob {
  const dataset = join(root, "services/training/data/breast_cancer_wisconsin.csv");
  return new LocalJob("training", {
    descriptor: trainingService,
    environment: {
      OBJECT_STORE_URL: objects.modelsUrl,
      MODEL_NAME: model.name,
      DATASET: dataset,
      SEED: String(model.seed),
      HOLD_OUT_FRACTION: String(model.holdOutFraction),
    },
    home,
    dataset,
    artifact: `models/${model.name}/{version}/card.json`,
  });
}
