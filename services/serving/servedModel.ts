import type { Registry } from "prom-client";
import type { ServiceError } from "../runtime/errors";
import type { Logger } from "../runtime/logging";
import type { ModelCard } from "../runtime/modelPackage";
import type { Batcher } from "./batcher";
import type { DriftSampler } from "./driftSampler";
import type { InFlight } from "./inFlight";
import type { PredictionLog } from "./predictionLog/predictionLog";
import type { Predictor } from "./predictor";
import type { ResponseCache } from "./responseCache";
import type { ServingMetrics } from "./servingMetrics";
import type { Shadow } from "./traffic/shadow";

/** A model version in service: what the routes need of it. */
export interface ServedModel {
  readonly card: ModelCard;
  readonly batcher: Batcher;
  readonly metrics: Pick<ServingMetrics, "succeeded" | "failed" | "statistics" | "confidence">;
  /** Its own metrics and those of its drift sampling. */
  readonly registry: Registry;
  /** Absent when answers are not kept. */
  readonly cache?: ResponseCache;
  /** Requests that use it; it stays loaded until they end. */
  readonly inFlight: InFlight;
  /** How /predict reads and answers, or why it cannot. */
  readonly predictor: Predictor | ServiceError;
  readonly log: Logger;
  /** Absent when predictions are not logged. */
  readonly predictionLog?: Pick<PredictionLog, "offer">;
  /** Absent when nothing is sampled. */
  readonly drift?: Pick<DriftSampler, "offer" | "detected" | "score">;
  /** Repeats answered requests with another version; absent without a traffic rule that asks for it. */
  readonly shadow?: Pick<Shadow, "offer">;
}
