/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import type { RunningService } from "../../../services/runtime/process";
import { classifierPackage, publishPackage } from "../../support/onnxModels";
import { post, postJson, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
let service: RunningService;

beforeAll(async () => {
  const OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3, { version: "7" }));
  service = await startTestServing({ OBJECT_STORE_URL, BODY_LIMIT_BYTES: "4096", MAX_QUEUE_SIZE: "10" });
});
afterAll(() => service.close());

const INPUT = { name: "features", datatype: "FP32" };
const get = async (path: string) => {
  const response = await fetch(`${service.url}${path}`);
  return [response.status, await response.json()];
};
const infer = (body: unknown, path = "toy") => postJson(`${service.url}/v2/models/${path}/infer`, body);

describe("health and metadata", () => {
  const metadata = {
    name: "toy",
    versions: ["7"],
    platform: "onnx_onnxv1",
    inputs: [{ name: "features", datatype: "FP32", shape: [-1, 3] }],
    outputs: [
      { name: "label", datatype: "INT64", shape: [-1] },
      { name: "probabilities", datatype: "FP32", shape: [-1, 2] },
    ],
  };
  it.each([
    [
      "/v2",
      {
        name: "tideline-serving",
        version: "0.1.0",
        extensions: ["binary_tensor_data", "model_repository", "statistics"],
      },
    ],
    ["/v2/health/live", { live: true }],
    ["/v2/health/ready", { ready: true, live: true }],
    ["/v2/models/toy", metadata],
    ["/v2/models/toy/versions/7", metadata],
    ["/v2/models/toy/ready", { name: "toy", ready: true }],
    ["/v2/models/toy/versions/7/ready", { name: "toy", ready: true }],
  ])("GET %s", async (path, body) => {
    expect(await get(path)).toEqual([200, body]);
  });

  it.each([
    ["/v2/models/other", 'There is no model "other" here. Served: toy.'],
    ["/v2/models/other/ready", 'There is no model "other" here. Served: toy.'],
    ["/v2/models/toy/versions/8", 'There is no version "8" of the model toy here. Served: 7.'],
    ["/v2/models/toy/versions/8/ready", 'There is no version "8" of the model toy here. Served: 7.'],
    ["/v2/models/other/stats", 'There is no model "other" here. Served: toy.'],
    ["/v2/models/toy/versions/8/stats", 'There is no version "8" of the model toy here. Served: 7.'],
    ["/v2/repository/index", "There is no GET /v2/repository/index; see /docs."],
  ])("GET %s is 404 in the protocol's error shape", async (path, error) => {
    expect(await get(path)).toEqual([404, { error }]);
  });
});

describe("POST infer", () => {
  it("gives all outputs, flattened, the id echoed", async () => {
    const data = [
      [0.1, 0.2, 0.3],
      [1, -1, 0],
    ];
    const { status, body } = await infer({ id: "a-1", inputs: [{ ...INPUT, shape: [2, 3], data }] }, "toy/versions/7");
    const alone = await Promise.all(
      data.map(async (features) => (await postJson(`${service.url}/predict`, { features })).body),
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      model_name: "toy",
      model_version: "7",
      id: "a-1",
      outputs: [
        { name: "label", shape: [2], datatype: "INT64", data: alone.map(({ prediction }) => prediction) },
        {
          name: "probabilities",
          shape: [2, 2],
          datatype: "FP32",
          data: alone.flatMap(({ probabilities }) => probabilities as number[]).map((each) => expect.closeTo(each, 6)),
        },
      ],
    });
  });

  it("gives the outputs that are named, in their order, and no id when none is given", async () => {
    const inputs = [{ ...INPUT, datatype: "INT64", shape: [1, 3], data: [1, 2, 3] }];
    const named = async (...names: string[]) =>
      (await infer({ inputs, outputs: names.map((name) => ({ name })) })).body as { outputs: { name: string }[] };
    expect((await named("probabilities")).outputs.map(({ name }) => name)).toEqual(["probabilities"]);
    const both = await named("probabilities", "label");
    expect(both.outputs.map(({ name }) => name)).toEqual(["probabilities", "label"]);
    expect(both).not.toHaveProperty("id");
  });

  const sound = { ...INPUT, shape: [1, 3], data: [1, 2, 3] };
  it.each([
    [404, "other", { inputs: [sound] }, 'There is no model "other" here. Served: toy.'],
    [404, "toy/versions/8", { inputs: [sound] }, 'There is no version "8" of the model toy here. Served: 7.'],
    [
      400,
      "toy",
      { inputs: [{ ...sound, shape: [3] }] },
      "inputs[0].shape is [3]. Allowed: [rows,3] with at least one row.",
    ],
    [
      413,
      "toy",
      { inputs: [{ ...sound, shape: [11, 3], data: new Array(33).fill(1) }] },
      "The request has 11 rows. Allowed: up to 10.",
    ],
    [
      422,
      "toy",
      { inputs: [{ ...sound, data: [3e38, 3e38, -3e38] }] },
      "The model's output probabilities is NaN, not a finite number, for these inputs. Check their magnitudes, or ask for binary data, which can say it.",
    ],
  ])("%i at %s in the protocol's error shape", async (status, path, body, error) => {
    expect(await infer(body, path)).toEqual({ status, body: { error } });
  });

  it.each([
    [400, "{", "application/json"],
    [400, "", "application/json"],
    [400, '{"__proto__":{},"inputs":[]}', "application/json"],
    [413, " ".repeat(5000), "application/json"],
    [415, "x", "application/octet-stream"],
  ])("%i to a body that is no JSON object in bounds: %j", async (status, body, type) => {
    const answer = await post(`${service.url}/v2/models/toy/infer`, body, { "content-type": type });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { error: expect.any(String) }]);
  });
});
