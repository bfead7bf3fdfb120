import type { FastifyInstance } from "fastify";
import { AggregatorRegistry, type Registry } from "prom-client";
import { createHttpServer } from "../runtime/http";
import type { HttpGate } from "../runtime/httpGate";
import type { TlsMaterial } from "../runtime/httpTls";
import type { Logger } from "../runtime/logging";
import type { Tracing } from "../runtime/tracing";
import type { Access } from "./access";
import { SERVER_VERSION } from "./identity";
import { addInferenceProtocol } from "./inferenceProtocol";
import type { ServedModels } from "./models";
import type { RequestObserver } from "./observability/requestObserver";
import { addPredictRoute } from "./predictRoute";
import type { RepositoryControl } from "./repositoryControl";
import { addRouteAccess, watchRoutes } from "./security/routeGroups";
import type { TrafficControl } from "./traffic/trafficControl";
import { addTrafficRoutes } from "./traffic/trafficRoutes";
import { SharedRegistry } from "./workers/sharedRegistry";

export interface ServingApiArgs {
  readonly models: ServedModels;
  readonly control: RepositoryControl;
  readonly access: Access;
  readonly traffic: TrafficControl;
  /** Whether callers may load models and change traffic. */
  readonly explicit: boolean;
  readonly gate: HttpGate;
  readonly tls: TlsMaterial | undefined;
  /** Undefined when nobody follows requests. */
  readonly observer: RequestObserver | undefined;
  readonly tracing: Tracing | undefined;
  readonly log: Logger;
  readonly registry: Registry;
  readonly bodyLimitBytes: number;
}

/** The serving service's HTTP routes for the models in service; the caller listens and closes. */
export async function createServingApi(args: ServingApiArgs): Promise<FastifyInstance> {
  const { models, control, access, gate, tls, observer, tracing, traffic, explicit, registry, bodyLimitBytes, log } =
    args;
  const server = await createHttpServer({
    title: "Tideline serving",
    description: `Predictions of the model ${models.main().card.name}, and of others by the Open Inference Protocol.`,
    version: SERVER_VERSION,
    log,
    metrics: registry,
    // Those of several processes have the models' among them.
    ...(registry instanceof SharedRegistry ? {} : { moreMetrics: () => modelMetrics(models) }),
    notReady: () => notReady(models),
    bodyLimitBytes,
    gate,
    tls,
    watch: watchRoutes(observer),
    exemplars: tracing === undefined ? undefined : () => models.all().map((model) => model.registry),
  });
  addRouteAccess(server, access, observer);
  addPredictRoute(server, { models, access, gate, observer, bodyLimitBytes });
  addInferenceProtocol(server, { models, control, observer, bodyLimitBytes });
  addTrafficRoutes(server, { traffic, explicit });
  server.get(
    "/model/info",
    { schema: { tags: ["prediction"], summary: "The model's card" } },
    async () => models.main().card,
  );
  return server;
}

/** The metrics of all model versions in service; each has a registry of its own, which goes when it goes. */
async function modelMetrics(models: ServedModels): Promise<string> {
  const parts = await Promise.all(models.all().map(({ registry }) => registry.getMetricsAsJSON()));
  return AggregatorRegistry.aggregate(parts).metrics();
}

function notReady(models: ServedModels): string | undefined {
  try {
    models.main();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
