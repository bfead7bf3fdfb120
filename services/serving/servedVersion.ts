import { Registry } from "prom-client";
import type { z } from "zod";
import type { Logger } from "../runtime/logging";
import { openObjectStore } from "../runtime/objectStore";
import type { Tracing } from "../runtime/tracing";
import { Batcher } from "./batcher";
import type { Downstream } from "./downstream";
import { createDriftClient } from "./driftClient";
import { DriftSampler } from "./driftSampler";
import { InFlight } from "./inFlight";
import type { LoadedModel } from "./loadModel";
import { PredictionLog } from "./predictionLog/predictionLog";
import { createPredictor, isTabular } from "./predictor";
import { ResponseCache } from "./responseCache";
import type { ServedModel } from "./servedModel";
import type { servingService } from "./service";
import { ServingMetrics } from "./servingMetrics";

/** The service's settings. */
export type Settings = Readonly<z.output<(typeof servingService)["environment"]>>;

/** A model version in service, with all that it holds. */
export interface ServedVersion extends ServedModel {
  /** Answers what it has taken, then gives everything back. Nobody may hand it more by then. */
  close(): Promise<void>;
}

/** What all model versions of the service share. */
export interface Collaborators {
  readonly tracing?: Tracing | undefined;
  /** The drift service, behind one circuit breaker for all. */
  readonly drift?: Downstream | undefined;
}

/** Puts a loaded model into service: its batches, metrics and drift sampling. */
export function serveVersion(
  loaded: LoadedModel,
  settings: Settings,
  log: Logger,
  collaborators: Collaborators = {},
): ServedVersion {
  const { card, executor } = loaded;
  const registry = new Registry();
  const inFlight = new InFlight();
  const metrics = new ServingMetrics(registry, card, () => batcher.queuedRows);
  const batcher = new Batcher({
    executor,
    maxBatchRows: settings.MAX_BATCH_SIZE,
    maxDelayMs: settings.MAX_BATCH_DELAY_MS,
    maxQueueRows: settings.MAX_QUEUE_SIZE,
    maxWaitMs: settings.REQUEST_TIMEOUT_MS,
    onBatch: (batch) => metrics.batch(batch),
  });
  const drift = createSampler(loaded, settings, registry, log, collaborators);
  const predictionLog = createPredictionLog(loaded, settings, registry, log);
  return {
    card,
    batcher,
    metrics,
    registry,
    inFlight,
    predictor: createPredictor(card),
    log,
    ...(drift ? { drift } : {}),
    ...(predictionLog ? { predictionLog } : {}),
    ...(settings.RESPONSE_CACHE_BYTES > 0 ? { cache: new ResponseCache(settings.RESPONSE_CACHE_BYTES) } : {}),
    async close() {
      await inFlight.idle();
      await batcher.close();
      await Promise.all([drift?.close(), predictionLog?.close()]);
      await executor.close();
    },
  };
}

function createPredictionLog(
  { card }: LoadedModel,
  settings: Settings,
  registry: Registry,
  log: Logger,
): PredictionLog | undefined {
  const { PREDICTION_LOG_URL: url, PREDICTION_LOG_SAMPLE_RATE: sampleRate } = settings;
  if (url === undefined || sampleRate === 0 || !isTabular(card)) return undefined;
  const { PREDICTION_LOG_FILE_ROWS: fileRows, PREDICTION_LOG_INTERVAL_SECONDS: intervalSeconds } = settings;
  const store = openObjectStore(url);
  return new PredictionLog({ card, store, sampleRate, fileRows, intervalSeconds, registry, log });
}

function createSampler(
  { card, reference }: LoadedModel,
  settings: Settings,
  registry: Registry,
  log: Logger,
  { tracing, drift: downstream }: Collaborators,
): DriftSampler | undefined {
  const { DRIFT_URL: url, DRIFT_SAMPLE_RATE: sampleRate } = settings;
  if (url === undefined || sampleRate === 0 || !isTabular(card)) return undefined;
  const columns = Object.fromEntries(card.features.map((name) => [name, reference.columns[name] ?? []]));
  return new DriftSampler({
    client: createDriftClient(url, `${card.name}-${card.version}`, tracing, downstream),
    features: card.features,
    reference: columns,
    labels: { model: card.name, version: card.version },
    sampleRate,
    windowRows: settings.DRIFT_WINDOW_ROWS,
    intervalSeconds: settings.DRIFT_INTERVAL_SECONDS,
    registry,
    log,
  });
}
