import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import { createHttpServer } from "../runtime/http";
import { addInferenceProtocol } from "./inferenceProtocol";
import { addPredictRoute } from "./predictRoute";
import type { ServedModel } from "./servedModel";

export interface ServingApiArgs {
  readonly model: ServedModel;
  readonly registry: Registry;
  readonly bodyLimitBytes: number;
}

const SERVER_VERSION = "0.1.0";

/** The serving service's HTTP routes for one loaded model; the caller listens and closes. */
export async function createServingApi({ model, registry, bodyLimitBytes }: ServingApiArgs): Promise<FastifyInstance> {
  const server = await createHttpServer({
    title: "Tideline serving",
    description: `Predictions of the model ${model.card.name}, version ${model.card.version}.`,
    version: SERVER_VERSION,
    log: model.log,
    metrics: registry,
    notReady: () => undefined,
    bodyLimitBytes,
  });
  addPredictRoute(server, model, bodyLimitBytes);
  addInferenceProtocol(server, { model, serverVersion: SERVER_VERSION, bodyLimitBytes });
  server.get("/model/info", { schema: { tags: ["prediction"], summary: "The model's card" } }, async () => model.card);
  return server;
}
