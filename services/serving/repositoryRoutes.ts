import type { FastifyInstance } from "fastify";
import { parseExactJson } from "./exactJson";
import { namedPath, statusSchema } from "./inferenceSchema";
import type { RepositoryControl } from "./repositoryControl";
import { badRequest } from "./tensors/badRequest";
import { valueSeen } from "./valueSeen";

interface NamedModel {
  readonly Params: { readonly model: string };
}

const NO_CHECK = () => () => true;

/** POST repository/index, repository/models/NAME/load and repository/models/NAME/unload, below /v2. */
export function addRepositoryRoutes(scope: FastifyInstance, control: RepositoryControl): void {
  const options = (summary: string) => ({ schema: statusSchema(summary), validatorCompiler: NO_CHECK });
  const named = (path: string, summary: string) => ({ schema: namedPath(path, summary), validatorCompiler: NO_CHECK });
  scope.post("/repository/index", options("Models of the store and their states"), async ({ body }) => {
    const { ready = false } = readObject(body);
    if (typeof ready !== "boolean") throw badRequest(`ready is ${valueSeen(ready)}. Allowed: true or false.`);
    return control.index(ready);
  });
  const load = "/repository/models/:model/load";
  scope.post<NamedModel>(load, named(load, "Load a model, or what is new of it"), async ({ params, body }, reply) => {
    const { parameters = {} } = readObject(body);
    if (typeof parameters !== "object" || parameters === null) {
      throw badRequest(`parameters is ${valueSeen(parameters)}. Allowed: a JSON object.`);
    }
    await control.load(params.model, (parameters as { config?: unknown }).config);
    return reply.send();
  });
  const unload = "/repository/models/:model/unload";
  scope.post<NamedModel>(unload, named(unload, "Take a model out of service"), async ({ params }, reply) => {
    await control.unload(params.model);
    return reply.send();
  });
}

/** The body of a request, which may be left out. */
function readObject(body: unknown): Readonly<Record<string, unknown>> {
  const text = Buffer.isBuffer(body) ? body.toString("utf8").trim() : "";
  if (text === "") return {};
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch (error) {
    throw badRequest(`The request body is not valid JSON: ${(error as Error).message}.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw badRequest(`The request body is ${valueSeen(value)}. Allowed: a JSON object.`);
}
