/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningServing } from "../../../../services/serving/serving";
import { type DriftServer, driftReport, startDriftServer } from "../../../support/driftServer";
import { eventually } from "../../../support/eventually";
import { createInferenceClient } from "../../../support/inferenceClient";
import { unaryPackage } from "../../../support/inferModels";
import { publishPackage } from "../../../support/onnxModels";
import { post, startTestServing } from "../../../support/serving";
import { temporaryFolder } from "../../../support/temporaryFolder";

const root = temporaryFolder();
let count = 0;
let folder: string;
let service: RunningServing;

const model = (version: string, operator: string, shape = [-1, 1]) =>
  unaryPackage({ name: "toy", version, operator, inputs: [{ name: "x", datatype: "FP32", shape }] });

async function start(variables: Record<string, string> = {}): Promise<void> {
  service = await startTestServing({
    OBJECT_STORE_URL: `file://${folder}`,
    MODEL_VERSION: "1",
    MODEL_CONTROL: "explicit",
    TRAFFIC_INTERVAL_SECONDS: "0.05",
    GRPC_PORT: "0",
    ...variables,
  });
}
beforeEach(async () => {
  folder = join(root, String(count++));
  // 1 is sound, 2 another that is sound, 3 has no answer to negative numbers, 4 takes other rows.
  for (const one of [model("1", "Identity"), model("2", "Neg"), model("3", "Log"), model("4", "Neg", [-1, 2])]) {
    await publishPackage(folder, one);
  }
});
afterEach(() => service.close());

async function call(method: string, path: string, body?: unknown): Promise<[number, unknown]> {
  const answer = await fetch(`${service.url}/traffic/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await answer.text();
  return [answer.status, text === "" ? undefined : JSON.parse(text)];
}
type Prediction = { readonly status: number; readonly version: string | undefined };
async function predict(headers: Record<string, string> = {}, value = -1): Promise<Prediction> {
  const { status, text } = await post(`${service.url}/predict`, JSON.stringify({ features: [value] }), headers);
  return { status, version: JSON.parse(text).model_version };
}
/** Predicts, eight at a time, until the last event is this one; every answer counted. */
async function predictUntil(event: string): Promise<Prediction[]> {
  const answers: Prediction[] = [];
  await eventually(async () => {
    answers.push(...(await Promise.all(Array.from({ length: 8 }, () => predict()))));
    const [, body] = await call("GET", "toy");
    expect((body as { history: { event: string }[] }).history.at(-1)?.event).toBe(event);
  });
  return answers;
}
const rollout = { strategy: "linear", step_seconds: 0, min_requests: 5 };
const versions = async () =>
  ((await (await fetch(`${service.url}/v2/models/toy`)).json()) as { versions: string[] }).versions;
const metrics = async () => (await fetch(`${service.url}/metrics`)).text();

describe("traffic", () => {
  it("walks a sound canary through all steps and promotes it, losing no request", async () => {
    await start();
    expect((await call("PUT", "toy", { stable: "1", canary: "2", rollout }))[0]).toBe(200);
    expect(await versions()).toEqual(["1", "2"]);
    const answers = await predictUntil("promoted");
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set(["1", "2"]));
    const [, body] = await call("GET", "toy");
    const { history, rule } = body as { history: Record<string, unknown>[]; rule: object };
    expect(history.map(({ event, weight_percent }) => [event, weight_percent])).toEqual([
      ["started", 10],
      ["advanced", 25],
      ["advanced", 50],
      ["advanced", 75],
      ["advanced", 100],
      ["promoted", 0],
    ]);
    expect(rule).toEqual({ stable: "2", sticky_header: "x-sticky-key" });
    expect(await predict()).toEqual({ status: 200, version: "2" });
    await eventually(async () => expect(await versions()).toEqual(["2"]));
    expect(await metrics()).toContain('traffic_changes_total{model="toy",event="promoted"} 1\n');
  });

  it("rolls a bad canary back, and only its own requests felt it", async () => {
    await start();
    await call("PUT", "toy", { stable: "1", canary: "3", rollout: { ...rollout, min_requests: 20 } });
    const answers = await predictUntil("rolled_back");
    expect(answers.filter(({ status, version }) => (status === 200 ? version !== "1" : status !== 422))).toEqual([]);
    const failed = answers.filter(({ status }) => status === 422).length;
    expect(failed).toBeGreaterThan(1);
    expect(await predict({ "x-canary": "always" })).toEqual({ status: 200, version: "1" });
    const [, body] = await call("GET", "toy");
    expect((body as { history: { reason: string }[] }).history.at(-1)?.reason).toMatch(
      /^[2-9] of \d+ requests failed; 5 % may$/,
    );
    expect(await metrics()).toMatch(
      /traffic_requests_total\{model="toy",version="3",variant="canary",status="error"\} \d/,
    );
    await eventually(async () => expect(await versions()).toEqual(["1"]));
  });

  it("rolls back a canary whose rows drift", async () => {
    const drift: DriftServer = await startDriftServer();
    drift.answer = ({ method, body }) => {
      const report = { ...driftReport(true), drift_score: body.reference_id === "toy-2" ? 0.9 : 0.1 };
      return method === "PUT" ? { status: 201, body: {} } : { status: 200, body: report };
    };
    try {
      await start({ DRIFT_URL: drift.url, DRIFT_WINDOW_ROWS: "5", DRIFT_INTERVAL_SECONDS: "0.05" });
      await call("PUT", "toy", { stable: "1", canary: "2", rollout: { ...rollout, strategy: "manual" } });
      await predictUntil("rolled_back");
      const [, body] = await call("GET", "toy");
      expect((body as { history: { reason: string }[] }).history.at(-1)?.reason).toBe(
        "the drift score is 0.9; up to 0.8 is borne",
      );
    } finally {
      await drift.close();
    }
  });

  it("follows a manual rollout's callers, and what they ask for in vain", async () => {
    await start();
    const rule = { stable: "1", canary: "2", rollout: { strategy: "manual", steps: [30, 100] } };
    expect(await call("PUT", "toy", rule)).toMatchObject([200, { canary_weight_percent: 30, rollout: { step: 0 } }]);
    expect(await call("POST", "toy/advance")).toMatchObject([
      200,
      { canary_weight_percent: 100, rollout: { step: 1 } },
    ]);
    expect(await predict()).toEqual({ status: 200, version: "2" });
    expect(await call("POST", "toy/advance")).toMatchObject([409, { error: { code: "no_next_step" } }]);
    expect(await call("POST", "toy/rollback")).toMatchObject([
      200,
      { rule: { stable: "1" }, canary_weight_percent: 0 },
    ]);
    expect(await call("POST", "toy/promote")).toMatchObject([409, { error: { code: "no_canary" } }]);
    expect((await call("DELETE", "toy"))[0]).toBe(204);
    expect(await call("GET", "toy")).toMatchObject([404, { error: { code: "traffic_not_set" } }]);
    expect(await predict()).toEqual({ status: 200, version: "1" });
  });

  it("gives the header and the key their variant, over REST and gRPC, and compares the others", async () => {
    await start();
    await call("PUT", "toy", { stable: "1", canary: "2", weight_percent: 50, sticky_header: "x-user" });
    expect(await predict({ "x-canary": "always" })).toEqual({ status: 200, version: "2" });
    expect(await predict({ "x-canary": "never" })).toEqual({ status: 200, version: "1" });
    const client = createInferenceClient(service.grpcAddress ?? "");
    const inputs = [{ name: "x", datatype: "FP32", shape: [1, 1], data: [3] }];
    const grpcInputs = [{ name: "x", datatype: "FP32", shape: [1, 1], contents: { fp32_contents: [3] } }];
    for (let user = 0; user < 40; user++) {
      const headers = { "x-user": `u${user}` };
      const { version } = await predict(headers);
      expect((await predict(headers)).version).toBe(version);
      const infer = await post(`${service.url}/v2/models/toy/infer`, JSON.stringify({ inputs }), headers);
      expect(JSON.parse(infer.text)).toMatchObject({ model_version: version });
      const call = await client.call("ModelInfer", { model_name: "toy", inputs: grpcInputs }, 5000, headers);
      expect(call).toMatchObject({ response: { model_version: version } });
    }
    client.close();
    const [, results] = await call("GET", "toy/results");
    const { stable, canary, error_rate, latency } = results as Record<string, Record<string, number>>;
    expect(Number(stable?.requests) + Number(canary?.requests)).toBe(160);
    expect(error_rate).toMatchObject({ test: "two-proportion z", difference: 0, p_value: 1, significant: false });
    expect(latency).toMatchObject({ test: "Welch's t", p_value: expect.any(Number) });
    const named = await post(`${service.url}/v2/models/toy/versions/2/infer`, JSON.stringify({ inputs }));
    expect(JSON.parse(named.text)).toMatchObject({ model_version: "2" });
  });

  it("compares a shadow's answers, which nobody sees", async () => {
    await start();
    await call("PUT", "toy", { stable: "1", shadow: { version: "2" } });
    for (const value of [0, 0, 5]) expect(await predict({}, value)).toEqual({ status: 200, version: "1" });
    const inputs = [{ name: "x", datatype: "FP32", shape: [2, 1], data: [0, 7] }];
    await post(`${service.url}/v2/models/toy/infer`, JSON.stringify({ inputs }));
    await eventually(async () => {
      const text = await metrics();
      expect(text).toContain('traffic_shadow_rows_total{model="toy",version="2",outcome="agreed"} 3\n');
      expect(text).toContain('traffic_shadow_rows_total{model="toy",version="2",outcome="differed"} 2\n');
    });
    expect(await metrics()).toContain('model_predictions_total{model="toy",version="2",status="success"} 0\n');
  });

  it("goes on after a restart, unless the settings are others or the record is damaged", async () => {
    await start();
    await call("PUT", "toy", { stable: "2", canary: "1", weight_percent: 100 });
    await service.close();
    await start();
    expect(await predict()).toEqual({ status: 200, version: "1" });
    await call("POST", "toy/rollback");
    await service.close();
    // What was rolled back to needs nothing of the version that the settings name.
    await rm(join(folder, "toy/1"), { recursive: true });
    await start();
    expect(await predict()).toEqual({ status: 200, version: "2" });
    await service.close();
    await start({ MODEL_VERSION: "3" });
    expect(await predict({}, 1)).toEqual({ status: 200, version: "3" });
    await expect(readFile(join(folder, "toy/traffic.json"))).rejects.toThrow("ENOENT");
    await service.close();
    await writeFile(join(folder, "toy/traffic.json"), "damaged");
    await start({ MODEL_VERSION: "2" });
    expect(await predict()).toEqual({ status: 200, version: "2" });
  });

  it("refuses rules that cannot be followed, and leaves all as it was", async () => {
    await start();
    expect(await call("PUT", "toy", { stable: "1", canary: "1" })).toEqual([
      400,
      {
        error: {
          code: "invalid_traffic_rule",
          message: "The traffic rule is wrong.\n✖ The canary is another version than the stable one\n  → at canary",
        },
      },
    ]);
    expect(await call("PUT", "toy", { stable: "1", canary: "9" })).toMatchObject([
      400,
      {
        error: { code: "model_not_loaded", message: expect.stringContaining("There is no version 9 of the model toy") },
      },
    ]);
    expect(await call("PUT", "toy", { stable: "1", canary: "4" })).toMatchObject([
      400,
      {
        error: {
          code: "versions_differ",
          message:
            "Versions 1 and 4 of toy differ in inputs, features or names of outputs, so they cannot answer the same requests.",
        },
      },
    ]);
    expect(await call("PUT", "other", { stable: "1" })).toMatchObject([404, { error: { code: "model_not_found" } }]);
    expect(await versions()).toEqual(["1"]);
    await service.close();
    await start({ MODEL_CONTROL: "none" });
    expect(await call("PUT", "toy", { stable: "1" })).toMatchObject([
      403,
      { error: { code: "traffic_change_not_allowed" } },
    ]);
    expect((await call("GET", "toy"))[0]).toBe(404);
  });
});
