/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import fc from "fast-check";
import { DATATYPES } from "../../../../services/runtime/modelPackage";
import type { RunningServing } from "../../../../services/serving/serving";
import { createInferenceClient } from "../../../support/inferenceClient";
import { echoPackage } from "../../../support/inferModels";
import { classifierPackage, publishPackage } from "../../../support/onnxModels";
import { postJson, startTestServing } from "../../../support/serving";
import { temporaryFolder } from "../../../support/temporaryFolder";

const folder = temporaryFolder();
let echo: RunningServing;
let toy: RunningServing;
let typed: RunningServing;
let echoClient: ReturnType<typeof createInferenceClient>;
let toyClient: ReturnType<typeof createInferenceClient>;
let typedClient: ReturnType<typeof createInferenceClient>;

beforeAll(async () => {
  const OBJECT_STORE_URL = await publishPackage(folder, echoPackage());
  await publishPackage(folder, classifierPackage(3, { version: "7" }));
  echo = await startTestServing({ OBJECT_STORE_URL, MODEL_NAME: "echo", GRPC_PORT: "0" });
  toy = await startTestServing({ OBJECT_STORE_URL, GRPC_PORT: "0", MAX_QUEUE_SIZE: "4", BODY_LIMIT_BYTES: "4096" });
  const datatypes = DATATYPES.filter((datatype) => datatype !== "FP16");
  await publishPackage(folder, echoPackage({ name: "typed", datatypes }));
  typed = await startTestServing({ OBJECT_STORE_URL, MODEL_NAME: "typed", GRPC_PORT: "0" });
  typedClient = createInferenceClient(typed.grpcAddress ?? "");
  echoClient = createInferenceClient(echo.grpcAddress ?? "");
  toyClient = createInferenceClient(toy.grpcAddress ?? "");
});
afterAll(async () => {
  echoClient.close();
  toyClient.close();
  typedClient.close();
  await Promise.all([echo.close(), toy.close(), typed.close()]);
});

describe("health and metadata", () => {
  it.each([
    ["ServerLive", {}, { live: true }],
    ["ServerReady", {}, { ready: true }],
    ["ModelReady", { name: "toy" }, { ready: true }],
    ["ModelReady", { name: "toy", version: "7" }, { ready: true }],
    ["ModelReady", { name: "toy", version: "8" }, { ready: false }],
    ["ModelReady", { name: "other" }, { ready: false }],
    [
      "ServerMetadata",
      {},
      {
        name: "tideline-serving",
        version: "0.1.0",
        extensions: ["binary_tensor_data", "model_repository", "statistics"],
      },
    ],
    [
      "ModelMetadata",
      { name: "toy" },
      {
        name: "toy",
        versions: ["7"],
        platform: "onnx_onnxv1",
        inputs: [{ name: "features", datatype: "FP32", shape: ["-1", "3"] }],
        outputs: [
          { name: "label", datatype: "INT64", shape: ["-1"] },
          { name: "probabilities", datatype: "FP32", shape: ["-1", "2"] },
        ],
      },
    ],
  ])("%s of %j", async (name, fields, response) => {
    expect(await toyClient.call(name, fields)).toEqual({ response });
  });

  it.each(["ModelMetadata", "ModelStatistics"])("%s of what is not there is NOT_FOUND", async (name) => {
    expect(await toyClient.call(name, { name: "other" })).toMatchObject({
      status: "NOT_FOUND",
      text: 'There is no model "other" here. Served: toy.',
    });
    expect(await toyClient.call(name, { name: "toy", version: "8" })).toMatchObject({
      status: "NOT_FOUND",
      text: 'There is no version "8" of the model toy here. Served: 7.',
    });
  });
});

/** The same two elements of each datatype: typed contents, and bytes in hexadecimal. */
const VALUES: Readonly<Record<string, readonly [object | undefined, string]>> = {
  BOOL: [{ bool_contents: [true, false] }, "0100"],
  UINT8: [{ uint_contents: [0, 255] }, "00ff"],
  UINT16: [{ uint_contents: [0, 65535] }, "0000ffff"],
  UINT32: [{ uint_contents: [0, 4294967295] }, "00000000ffffffff"],
  UINT64: [{ uint64_contents: ["9007199254740993", "18446744073709551615"] }, "0100000000002000ffffffffffffffff"],
  INT8: [{ int_contents: [-128, 127] }, "807f"],
  INT16: [{ int_contents: [-32768, 32767] }, "0080ff7f"],
  INT32: [{ int_contents: [-2147483648, 2147483647] }, "00000080ffffff7f"],
  INT64: [{ int64_contents: ["-9223372036854775808", "9007199254740993"] }, "00000000000000800100000000002000"],
  FP16: [undefined, "0038fffb"],
  FP32: [{ fp32_contents: [0.5, Number.NaN] }, "0000003f0000c07f"],
  FP64: [{ fp64_contents: [0.1, Number.NEGATIVE_INFINITY] }, "9a9999999999b93f000000000000f0ff"],
  BYTES: [{ bytes_contents: [Buffer.from("é"), Buffer.from("a")] }, "02000000c3a90100000061"],
};
const head = (datatype: string) => ({ name: datatype.toLowerCase(), datatype, shape: [1, 2] });
const bytesOf = (datatype: string) => Buffer.from(VALUES[datatype]?.[1] ?? "", "hex");

describe("ModelInfer", () => {
  it("gives every datatype back raw as it came raw", async () => {
    const answer = await echoClient.call("ModelInfer", {
      model_name: "echo",
      id: "4",
      inputs: DATATYPES.map(head),
      raw_input_contents: DATATYPES.map(bytesOf),
    });
    expect(answer).toMatchObject({ response: { model_name: "echo", model_version: "1", id: "4" } });
    if (!("response" in answer)) throw new Error(answer.text);
    const { outputs, raw_output_contents: raw } = answer.response as {
      outputs: object[];
      raw_output_contents: Buffer[];
    };
    expect(outputs).toEqual(
      DATATYPES.map((datatype) =>
        expect.objectContaining({ name: `${datatype.toLowerCase()}_out`, datatype, shape: ["1", "2"] }),
      ),
    );
    expect(raw.map((bytes) => bytes.toString("hex"))).toEqual(DATATYPES.map((datatype) => VALUES[datatype]?.[1]));
  });

  it("gives typed contents to typed contents, for every datatype that has them", async () => {
    const datatypes = DATATYPES.filter((datatype) => datatype !== "FP16");
    const answer = await typedClient.call("ModelInfer", {
      model_name: "typed",
      model_version: "1",
      inputs: datatypes.map((datatype) => ({ ...head(datatype), contents: VALUES[datatype]?.[0] })),
    });
    const outputs = datatypes.map((datatype) => ({
      datatype,
      contents: expect.objectContaining(VALUES[datatype]?.[0] ?? {}),
    }));
    expect(answer).toMatchObject({ response: { outputs, raw_output_contents: [] } });
  });

  it("refuses FP16 in typed contents, which the protocol does not have", async () => {
    const inputs = DATATYPES.map((datatype) => ({ ...head(datatype), contents: VALUES[datatype]?.[0] }));
    expect(await echoClient.call("ModelInfer", { model_name: "echo", inputs })).toMatchObject({
      status: "INVALID_ARGUMENT",
      text: "inputs[9].contents: FP16 has no typed contents. Send raw_input_contents.",
    });
  });

  it("answers typed requests in kind, as the REST half does", async () => {
    const features = [0.1, -2, 0.3];
    const answer = await toyClient.call("ModelInfer", {
      model_name: "toy",
      inputs: [{ name: "features", datatype: "FP32", shape: [1, 3], contents: { fp32_contents: features } }],
    });
    const { body } = await postJson<{ outputs: { data: number[] }[] }>(`${toy.url}/v2/models/toy/infer`, {
      inputs: [{ name: "features", datatype: "FP32", shape: [1, 3], data: features }],
    });
    const [label, probabilities] = body.outputs;
    expect(answer).toMatchObject({
      response: {
        raw_output_contents: [],
        outputs: [
          { name: "label", shape: ["1"], contents: { int64_contents: label?.data.map(String) } },
          { name: "probabilities", shape: ["1", "2"], contents: { fp32_contents: probabilities?.data } },
        ],
      },
    });
  });

  const features = (rows: number) => ({ name: "features", datatype: "FP32", shape: [rows, 3] });
  const raw = (rows: number) => [Buffer.alloc(rows * 12)];
  it.each<[string, string, object]>([
    [
      "INVALID_ARGUMENT",
      "inputs[0].shape is [1,2]. Allowed: [rows,3] with at least one row.",
      { inputs: [{ ...features(1), shape: [1, 2] }], raw_input_contents: raw(1) },
    ],
    [
      "INVALID_ARGUMENT",
      "raw_input_contents[0] has 24 bytes. FP32 of shape [1,3] takes 12.",
      { inputs: [features(1)], raw_input_contents: raw(2) },
    ],
    [
      "INVALID_ARGUMENT",
      "raw_input_contents has 2 tensors for 1 inputs. Send all inputs so, or none.",
      { inputs: [features(1)], raw_input_contents: [...raw(1), ...raw(1)] },
    ],
    [
      "INVALID_ARGUMENT",
      "inputs[0].contents.fp32_contents has 0 elements. FP32 of shape [1,3] takes 3.",
      { inputs: [features(1)] },
    ],
    [
      "INVALID_ARGUMENT",
      "inputs[0].contents.uint_contents, element 1 in row-major order, is 256. Allowed for UINT8: a whole number from 0 to 255.",
      { inputs: [{ ...features(1), datatype: "UINT8", contents: { uint_contents: [1, 256, 3] } }] },
    ],
    [
      "INVALID_ARGUMENT",
      'outputs[0].name is "x". This model\'s outputs: label, probabilities.',
      { inputs: [features(1)], raw_input_contents: raw(1), outputs: [{ name: "x" }] },
    ],
    [
      "INVALID_ARGUMENT",
      "The request has 5 rows. Allowed: up to 4.",
      { inputs: [features(5)], raw_input_contents: raw(5) },
    ],
    ["NOT_FOUND", 'There is no version "8" of the model toy here. Served: 7.', { model_version: "8" }],
  ])("%s: %s", async (status, text, fields) => {
    expect(await toyClient.call("ModelInfer", { model_name: "toy", ...fields })).toMatchObject({ status, text });
  });

  it("refuses a message beyond the limit", async () => {
    const answer = await toyClient.call("ModelInfer", { model_name: "x".repeat(5000) });
    expect(answer).toMatchObject({ status: "RESOURCE_EXHAUSTED" });
  });

  it("lives on whatever bytes come", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const answer = await toyClient.callBytes("ModelInfer", Buffer.from(bytes));
        expect(answer).toMatchObject({ status: expect.stringMatching(/^(INVALID_ARGUMENT|NOT_FOUND)$/) });
      }),
      { numRuns: 200 },
    );
    expect(await toyClient.call("ServerLive", {})).toEqual({ response: { live: true } });
  });
});
