import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import { createHttpServer } from "../runtime/http";
import type { Logger } from "../runtime/logging";
import { SERVER_VERSION } from "./identity";
import { addInferenceProtocol } from "./inferenceProtocol";
import type { ServedModels } from "./models";
import { addPredictRoute } from "./predictRoute";

export interface ServingApiArgs {
  readonly models: ServedModels;
  readonly log: Logger;
  readonly registry: Registry;
  readonly bodyLimitBytes: number;
}

/** The serving service's HTTP routes for the models in service; the caller listens and closes. */
export async function createServingApi(args: ServingApiArgs): Promise<FastifyInstance> {
  const { models, registry, bodyLimitBytes, log } = args;
  const server = await createHttpServer({
    title: "Tideline serving",
    description: `Predictions of the model ${models.main().card.name}, and of others by the Open Inference Protocol.`,
    version: SERVER_VERSION,
    log,
    metrics: registry,
    notReady: () => undefined,
    bodyLimitBytes,
  });
  addPredictRoute(server, models, bodyLimitBytes);
  addInferenceProtocol(server, { models, bodyLimitBytes });
  server.get(
    "/model/info",
    { schema: { tags: ["prediction"], summary: "The model's card" } },
    async () => models.main().card,
  );
  return server;
}
