import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ServiceError } from "../../runtime/errors";
import type { TrafficControl } from "./trafficControl";
import { type TrafficRecord, weightOf } from "./trafficRecord";
import { trafficRule } from "./trafficRule";

export interface TrafficRoutesArgs {
  readonly traffic: TrafficControl;
  /** Whether callers may change rules, not only look. */
  readonly explicit: boolean;
}

interface Named {
  readonly Params: { readonly model: string };
}

const NO_CHECK = () => () => true;

/** GET, PUT and DELETE /traffic/MODEL, POST its /advance, /promote and /rollback, GET its /results. */
export function addTrafficRoutes(server: FastifyInstance, { traffic, explicit }: TrafficRoutesArgs): void {
  const params = {
    type: "object",
    properties: { model: { type: "string", description: "The model's name" } },
    required: ["model"],
  };
  const options = (summary: string, body?: object) => ({
    schema: { tags: ["traffic"], summary, params, ...(body === undefined ? {} : { body }) },
    validatorCompiler: NO_CHECK,
    onRequest: async ({ method }: { method: string }) => {
      if (method !== "GET" && !explicit) throw changeNotAllowed();
    },
  });
  const path = "/traffic/:model";
  const rule = z.toJSONSchema(trafficRule, { target: "draft-7", io: "input" });
  delete rule.$schema;
  server.get<Named>(path, options("A model's traffic rule and how far its rollout is"), async ({ params: { model } }) =>
    view(model, traffic.record(model)),
  );
  server.put<Named>(path, options("Set a model's traffic rule", rule), async ({ params: { model }, body }) =>
    view(model, await traffic.set(model, body)),
  );
  server.delete<Named>(path, options("Serve a model without a traffic rule again"), async ({ params }, reply) => {
    await traffic.remove(params.model);
    return reply.code(204).send();
  });
  const changes = [
    ["advance", "Go to the next step of a rollout"],
    ["promote", "Make the canary the stable version"],
    ["rollback", "Give the canary up"],
  ] as const;
  for (const [kind, summary] of changes) {
    server.post<Named>(`${path}/${kind}`, options(summary), async ({ params: { model } }) =>
      view(model, await traffic.change(model, kind, "a caller asked for it")),
    );
  }
  server.get<Named>(
    `${path}/results`,
    options("Canary and stable compared, with significance"),
    async ({ params: { model } }) => ({ model, ...traffic.results(model) }),
  );
}

function view(model: string, record: TrafficRecord) {
  const { rule, history, step, step_started_at } = record;
  const rollout = rule.rollout && { step, step_started_at: new Date(step_started_at).toISOString() };
  return { model, rule, canary_weight_percent: weightOf(record), ...(rollout && { rollout }), history };
}

function changeNotAllowed(): ServiceError {
  return new ServiceError(
    403,
    "traffic_change_not_allowed",
    "Traffic may not be changed by callers here. Set MODEL_CONTROL=explicit to allow it.",
  );
}
