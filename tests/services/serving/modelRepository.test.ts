/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { sha256 } from "../../../services/runtime/modelPackage";
import type { RunningServing } from "../../../services/serving/serving";
import { postBytes } from "../../support/binaryInfer";
import { eventually } from "../../support/eventually";
import { createInferenceClient } from "../../support/inferenceClient";
import { unaryPackage } from "../../support/inferModels";
import { classifierPackage, publishPackage } from "../../support/onnxModels";
import { postJson, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const root = temporaryFolder();
let count = 0;
let service: RunningServing;
let folder: string;

const version = (text: string) => classifierPackage(3, { version: text });
const input = { name: "x", datatype: "FP32", shape: [-1, 2] } as const;
const negate = (text: string) => unaryPackage({ name: "other", version: text, operator: "Neg", inputs: [input] });

async function start(variables: Record<string, string> = {}): Promise<void> {
  service = await startTestServing({ OBJECT_STORE_URL: `file://${folder}`, MODEL_CONTROL: "explicit", ...variables });
}
beforeEach(async () => {
  folder = join(root, String(count++));
  await publishPackage(folder, version("1"));
});
afterEach(() => service.close());

/** POSTs below /v2/repository and gives status and body. */
async function repository(path: string, body: unknown = {}): Promise<[number, unknown]> {
  const answer = await postBytes(`${service.url}/v2/repository/${path}`, Buffer.from(JSON.stringify(body)), {});
  return [answer.status, answer.body.length === 0 ? undefined : JSON.parse(answer.body.toString())];
}
async function get<T>(path: string): Promise<T> {
  return (await (await fetch(`${service.url}/v2/${path}`)).json()) as T;
}
const versions = async () => (await get<{ versions: string[] }>("models/toy")).versions;
const predict = () => postJson(`${service.url}/predict`, { features: [1, 2, 3] });
const config = (policy: object) => ({ parameters: { config: JSON.stringify({ version_policy: policy }) } });
const LIST = (...rows: [string, string, string, string?][]) =>
  rows.map(([name, number, state, reason = ""]) => ({ name, version: number, state, reason }));

describe("the model repository", () => {
  it("serves the versions that policies take, several models side by side", async () => {
    for (const text of ["2", "3"]) await publishPackage(folder, version(text));
    for (const text of ["1", "2", "10"]) await publishPackage(folder, negate(text));
    await start({ MODELS: "other:latest-2", MODEL_VERSION: "2" });
    expect(await versions()).toEqual(["2"]);
    expect(await repository("index")).toEqual([
      200,
      LIST(
        ["other", "1", "UNAVAILABLE", "not loaded"],
        ["other", "2", "READY"],
        ["other", "10", "READY"],
        ["toy", "1", "UNAVAILABLE", "not loaded"],
        ["toy", "2", "READY"],
        ["toy", "3", "UNAVAILABLE", "not loaded"],
      ),
    ]);
    const ready = LIST(["other", "2", "READY"], ["other", "10", "READY"], ["toy", "2", "READY"]);
    expect(await repository("index", { ready: true })).toEqual([200, ready]);
    const inputs = [{ name: "x", datatype: "FP32", shape: [1, 2], data: [1, 2] }];
    const newest = await postJson(`${service.url}/v2/models/other/infer`, { inputs });
    expect(newest.body).toMatchObject({ model_version: "10", outputs: [{ data: [-1, -2] }] });
    const older = await postJson(`${service.url}/v2/models/other/versions/2/infer`, { inputs });
    expect(older.body).toMatchObject({ model_version: "2" });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('nv_inference_request_success{model="other",version="10"} 1\n');
    expect(metrics).toContain('nv_inference_request_success{model="other",version="2"} 1\n');
  });

  it("loads what is new, changes the policy, and unloads", async () => {
    await start();
    await publishPackage(folder, version("2"));
    expect(await versions()).toEqual(["1"]);
    expect(await repository("models/toy/load")).toEqual([200, undefined]);
    expect(await versions()).toEqual(["2"]);
    expect((await predict()).body.model_version).toBe("2");
    expect(await repository("models/toy/load", config({ all: {} }))).toEqual([200, undefined]);
    expect(await versions()).toEqual(["1", "2"]);
    expect(await repository("models/toy/load", config({ specific: { versions: [1] } }))).toEqual([200, undefined]);
    expect(await versions()).toEqual(["1"]);
    expect(await repository("models/toy/unload")).toEqual([200, undefined]);
    expect(await repository("models/toy/unload")).toEqual([
      404,
      { error: 'There is no model "toy" here. Served: none.' },
    ]);
    expect(await predict()).toEqual({
      status: 404,
      body: { error: { code: "model_not_found", message: 'There is no model "toy" here. Served: none.' } },
    });
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(503);
    expect(await (await fetch(`${service.url}/metrics`)).text()).not.toContain('model="toy"');
    expect(await repository("models/toy/load", config({ latest: {} }))).toEqual([200, undefined]);
    expect((await predict()).body.model_version).toBe("2");
  });

  it("goes on with the old version when the new one is damaged, and says why it is not there", async () => {
    await start();
    await publishPackage(folder, version("2"));
    await writeFile(join(folder, "toy/2/model.onnx"), "damaged");
    const [status, body] = await repository("models/toy/load");
    const { error } = body as { error: string };
    expect(status).toBe(400);
    expect(error).toMatch(/^The model toy was not loaded\. toy\/2\/model\.onnx in .* is damaged: its SHA-256 is /);
    expect(await versions()).toEqual(["1"]);
    expect((await predict()).body.model_version).toBe("1");
    expect(await repository("index")).toEqual([
      200,
      LIST(["toy", "1", "READY"], ["toy", "2", "UNAVAILABLE", error.replace("The model toy was not loaded. ", "")]),
    ]);
    // Vouched for, but no model; with it a sound one, which must not stay loaded.
    const model = Buffer.from("no model");
    const sound = version("2");
    await publishPackage(folder, sound);
    await publishPackage(folder, { ...version("3"), model, card: { ...version("3").card, checksum: sha256(model) } });
    const all = await repository("models/toy/load", config({ all: {} }));
    expect(all).toEqual([400, { error: expect.stringContaining("toy/3/model.onnx in") }]);
    expect(await versions()).toEqual(["1"]);
  });

  it("refuses what no one may ask", async () => {
    await start({ MODEL_CONTROL: "none" });
    const error = "Models may not be loaded or unloaded by callers here. Set MODEL_CONTROL=explicit to allow it.";
    expect(await repository("models/toy/load")).toEqual([403, { error }]);
    expect(await repository("models/toy/unload")).toEqual([403, { error }]);
    expect((await repository("index"))[0]).toBe(200);
    expect((await predict()).status).toBe(200);
  });

  it.each<[string, unknown, string]>([
    ["index", { ready: 1 }, "ready is 1. Allowed: true or false."],
    ["index", [], "The request body is an array of 0. Allowed: a JSON object."],
    ["models/toy/load", { parameters: 1 }, "parameters is 1. Allowed: a JSON object."],
    ["models/toy/load", { parameters: { config: {} } }, "parameters.config is an object. Allowed: a text of JSON."],
    ["models/absent/load", {}, "The model absent was not loaded. There is no version of the model absent in"],
    ["models/..%2Fx/load", {}, "The model ../x was not loaded. The object key"],
    [
      "models/toy/load",
      config({ specific: { versions: [1, 4] } }),
      "The model toy was not loaded. There is no version 4 of the model toy in",
    ],
  ])("refuses %s with %j", async (path, body, message) => {
    await start();
    expect(await repository(path, body)).toEqual([400, { error: expect.stringContaining(message) }]);
    expect(await versions()).toEqual(["1"]);
  });

  it("swaps versions under load without a failed request, each answered by the version that it names", async () => {
    await publishPackage(folder, version("2"));
    await start({ MODEL_VERSION: "1", GRPC_PORT: "0" });
    const client = createInferenceClient(service.grpcAddress ?? "");
    const tensor = { name: "features", datatype: "FP32", shape: [1, 3] };
    const failures: unknown[] = [];
    const seen = new Set<unknown>();
    let swapping = true;
    const ask = async (send: () => Promise<{ ok: boolean; version: unknown; answer: unknown }>) => {
      while (swapping) {
        const { ok, version: by, answer } = await send();
        if (ok) seen.add(by);
        else failures.push(answer);
        await nextTurn();
      }
    };
    const rest = async () => {
      const { status, body } = await postJson(`${service.url}/v2/models/toy/infer`, {
        inputs: [{ ...tensor, data: [1, 2, 3] }],
      });
      return { ok: status === 200, version: body.model_version, answer: body };
    };
    const short = async () => {
      const { status, body } = await predict();
      return { ok: status === 200, version: body.model_version, answer: body };
    };
    const grpc = async () => {
      const inputs = [{ ...tensor, contents: { fp32_contents: [1, 2, 3] } }];
      const answer = await client.call("ModelInfer", { model_name: "toy", inputs });
      return { ok: "response" in answer, version: "response" in answer && answer.response.model_version, answer };
    };
    const callers = [rest, short, grpc, rest, short, grpc].map(ask);
    for (let round = 0; round < 20; round++) {
      const target = config({ specific: { versions: [1 + (round % 2)] } });
      expect(await repository("models/toy/load", target)).toEqual([200, undefined]);
    }
    swapping = false;
    await Promise.all(callers);
    client.close();
    expect(failures).toEqual([]);
    expect([...seen].sort()).toEqual(["1", "2"]);
  });

  it("answers what it has taken before an unload ends", async () => {
    await start({ MAX_BATCH_DELAY_MS: "10000" });
    const taken = Array.from({ length: 5 }, predict);
    await eventually(async () => {
      const metrics = await (await fetch(`${service.url}/metrics`)).text();
      expect(metrics).toContain('inference_queue_rows{model="toy",version="1"} 5\n');
    });
    expect(await repository("models/toy/unload")).toEqual([200, undefined]);
    expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await predict()).status).toBe(404);
  });

  it("tells statistics over REST and gRPC", async () => {
    await start({ GRPC_PORT: "0" });
    await predict();
    await postJson(`${service.url}/predict`, { features: [1] });
    const path = ["models/stats", "models/toy/stats", "models/toy/versions/1/stats"];
    const answers = await Promise.all(path.map((each) => get<{ model_stats: object[] }>(each)));
    const all = answers[0]?.model_stats;
    expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify(answers[0]))).toBe(true);
    expect(all).toMatchObject([
      {
        name: "toy",
        version: "1",
        inference_count: 1,
        execution_count: 1,
        inference_stats: { success: { count: 1 }, fail: { count: 1 } },
      },
    ]);
    const client = createInferenceClient(service.grpcAddress ?? "");
    const answer = await client.call("ModelStatistics", { name: "toy" });
    const index = await client.call("RepositoryIndex", { ready: true });
    const unload = await client.call("RepositoryModelUnload", { model_name: "toy" });
    const load = await client.call("RepositoryModelLoad", {
      model_name: "toy",
      parameters: { config: { string_param: "7" } },
    });
    client.close();
    expect(answer).toMatchObject({
      response: { model_stats: [{ inference_count: "1", batch_stats: [{ batch_size: "1" }] }] },
    });
    expect(index).toEqual({ response: { models: LIST(["toy", "1", "READY"]) } });
    expect(unload).toEqual({ response: {} });
    expect(load).toMatchObject({
      status: "INVALID_ARGUMENT",
      text: expect.stringContaining("parameters.config has no"),
    });
  });
});
