import { Registry } from "prom-client";
import type { z } from "zod";
import type { Logger } from "../runtime/logging";
import { openObjectStore } from "../runtime/objectStore";
import type { RunningService, StartArgs } from "../runtime/process";
import { createServingApi } from "./api";
import { Batcher } from "./batcher";
import { createDriftClient } from "./driftClient";
import { DriftSampler } from "./driftSampler";
import { inferenceHandlers } from "./grpc/inferenceService";
import { type GrpcServer, startGrpcServer } from "./grpc/server";
import { type LoadedModel, loadModel } from "./loadModel";
import { modelNotFound, type ServedModels, versionNotFound } from "./models";
import { createPredictor, isTabular } from "./predictor";
import type { ServedModel } from "./servedModel";
import type { servingService } from "./service";
import { ServingMetrics } from "./servingMetrics";

type Environment = Readonly<z.output<(typeof servingService)["environment"]>>;

/** The running model server. */
export interface RunningServing extends RunningService {
  /** host:port of the gRPC server; undefined when there is none. */
  readonly grpcAddress: string | undefined;
}

/**
 * Starts the model server: loads, checks and warms the model, then listens. Closing answers what is in flight, then
 * stops the sampler and gives the model's memory back.
 * @throws {ModelPackageError} when the model is absent, damaged or cannot be served.
 */
export async function startServing({
  environment,
  log,
}: StartArgs<(typeof servingService)["environment"]>): Promise<RunningServing> {
  const loaded = await loadModel({
    store: openObjectStore(environment.OBJECT_STORE_URL),
    name: environment.MODEL_NAME,
    version: environment.MODEL_VERSION,
    warmUpRows: environment.MAX_BATCH_SIZE,
  });
  const { name, version, checksum } = loaded.card;
  log.info({ model: name, version, checksum }, "model loaded");
  const registry = new Registry();
  const sampler = createSampler(environment, loaded, registry, log);
  const model = createServedModel(environment, loaded, registry, log, sampler);
  const release = async () => {
    await sampler?.close();
    await loaded.executor.close();
  };
  try {
    const models = singleModel(model);
    const server = await createServingApi({ models, log, registry, bodyLimitBytes: environment.BODY_LIMIT_BYTES });
    const grpc = await startGrpc(environment, models, log);
    const url = await server.listen({ host: environment.HOST, port: environment.PORT }).catch(async (error) => {
      await grpc?.close();
      throw error;
    });
    return {
      url,
      grpcAddress: grpc?.address,
      async close() {
        model.batcher.hurry();
        await Promise.all([server.close(), grpc?.close()]);
        await model.batcher.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function startGrpc(
  { HOST: host, GRPC_PORT: port, BODY_LIMIT_BYTES: messageLimitBytes }: Environment,
  models: ServedModels,
  log: Logger,
): Promise<GrpcServer | undefined> {
  if (port === undefined) return undefined;
  return startGrpcServer({ host, port, handlers: inferenceHandlers(models), messageLimitBytes, log });
}

function singleModel(model: ServedModel): ServedModels {
  const { name: served, version: only } = model.card;
  return {
    main: () => model,
    versions: () => [only],
    find(name, version) {
      if (name !== served) throw modelNotFound(name, [served]);
      if (version !== undefined && version !== only) throw versionNotFound(name, version, [only]);
      return model;
    },
  };
}

function createServedModel(
  environment: Environment,
  { card, executor }: LoadedModel,
  registry: Registry,
  log: Logger,
  sampler: DriftSampler | undefined,
): ServedModel {
  const metrics = new ServingMetrics(registry, card, () => batcher.queuedRows);
  const batcher = new Batcher({
    executor,
    maxBatchRows: environment.MAX_BATCH_SIZE,
    maxDelayMs: environment.MAX_BATCH_DELAY_MS,
    maxQueueRows: environment.MAX_QUEUE_SIZE,
    onBatch: (rows) => metrics.batchRows.observe(rows),
  });
  return { card, batcher, metrics, predictor: createPredictor(card), log, ...(sampler ? { drift: sampler } : {}) };
}

function createSampler(
  environment: Environment,
  { card, reference }: LoadedModel,
  registry: Registry,
  log: Logger,
): DriftSampler | undefined {
  const { DRIFT_URL: url, DRIFT_SAMPLE_RATE: sampleRate } = environment;
  if (url === undefined || sampleRate === 0 || !isTabular(card)) return undefined;
  const columns = Object.fromEntries(card.features.map((name) => [name, reference.columns[name] ?? []]));
  return new DriftSampler({
    client: createDriftClient(url, `${card.name}-${card.version}`),
    features: card.features,
    reference: columns,
    labels: { model: card.name, version: card.version },
    sampleRate,
    windowRows: environment.DRIFT_WINDOW_ROWS,
    intervalSeconds: environment.DRIFT_INTERVAL_SECONDS,
    registry,
    log,
  });
}
