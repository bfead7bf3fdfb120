import { ServiceError } from "../runtime/errors";
import type { ServedModel } from "./servedModel";

/** The headers that a traffic rule looks at, by name in lower case; of gRPC calls, their metadata. */
export type RoutingHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The models that are in service just now; what it gives may change from one request to the next. */
export interface ServedModels {
  /**
   * The newest version of the model that /predict and /model/info are about.
   * @throws {ServiceError} 404 model_not_found when it was unloaded.
   */
  main(): ServedModel;
  /**
   * The version that a request which names none goes to; of the main model, when it names no model either.
   * @throws {ServiceError} 404 model_not_found.
   */
  route(headers: RoutingHeaders, name?: string): ServedModel;
  /** @throws {ServiceError} 404 model_not_found or version_not_found; without a version it is the newest. */
  find(name: string, version?: string): ServedModel;
  /** Versions of a model that are in service, oldest first. */
  versions(name: string): readonly string[];
  /** All model versions that are in service. */
  all(): readonly ServedModel[];
}

/**
 * The statistics extension: of one version, of all versions of a model, or of all models.
 * @throws {ServiceError} 404 for what is not in service.
 */
export function statisticsOf(models: ServedModels, name?: string, version?: string) {
  // Also finds out whether there is any version of the name.
  const one = name === undefined ? undefined : models.find(name, version);
  const all = models.all().filter(({ card }) => name === undefined || card.name === name);
  const chosen = one === undefined || version === undefined ? all : [one];
  return { model_stats: chosen.map(({ card, metrics }) => metrics.statistics.report(card)) };
}

/** The error for a model that is not in service. */
export function modelNotFound(name: string, served: readonly string[]): ServiceError {
  const list = served.length === 0 ? "none" : served.join(", ");
  return new ServiceError(404, "model_not_found", `There is no model "${name}" here. Served: ${list}.`);
}

/** The error for a version that is not in service. */
export function versionNotFound(name: string, version: string, served: readonly string[]): ServiceError {
  return new ServiceError(
    404,
    "version_not_found",
    `There is no version "${version}" of the model ${name} here. Served: ${served.join(", ")}.`,
  );
}
