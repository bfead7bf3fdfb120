import { gzipSync } from "node:zlib";
import { parse } from "protobufjs";
import { DATATYPES } from "../../../../services/runtime/modelPackage";
import { decodeContent } from "../../../../services/serving/contentCoding";
import { INFERENCE_PROTO } from "../../../../services/serving/grpc/inferenceProto";
import { decodeRequest, readModelInfer } from "../../../../services/serving/grpc/modelInfer";
import { HEADER_LENGTH, readInferBody } from "../../../../services/serving/inferBody";
import { type InferModel, readInferRequest } from "../../../../services/serving/inferRequest";
import { predictParser } from "../../../../services/serving/predictRequest";

/** A way into the server: sound inputs, and what reads them; it throws a {ServiceError} for what is wrong. */
export interface FuzzTarget {
  readonly name: string;
  readonly corpus: readonly Buffer[];
  readonly read: (bytes: Buffer) => unknown;
}

const FEATURES = ["a", "b", "c"];
const LIMIT_BYTES = 1 << 20;

/** Takes a tensor of every datatype, each optional to a mutation: whatever is missing or too much is an error. */
const MODEL: InferModel = {
  inputs: [{ name: "features", datatype: "FP32", shape: [-1, 3] }],
  outputNames: ["label", "probabilities"],
  batches: true,
};

function modelOf(datatype: (typeof DATATYPES)[number]): InferModel {
  return { inputs: [{ name: "x", datatype, shape: [-1, 2] }], outputNames: ["y"], batches: true };
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const SOUND = { name: "features", datatype: "FP32", shape: [2, 3] };

const predict: FuzzTarget = {
  name: "predict",
  corpus: [
    json({ features: [1, -2.5, 3e10] }),
    json({ features: [1, 2, 3], feature_names: ["c", "a", "b"], request_id: "é\u0000" }),
  ],
  read: (
    (parseText) => (bytes: Buffer) =>
      parseText(bytes.toString("utf8"))
  )(predictParser(FEATURES)),
};

const inferJson: FuzzTarget = {
  name: "infer, JSON",
  corpus: [
    json({ id: "1", inputs: [{ ...SOUND, data: [1, 2, 3, 4, 5, 6] }] }),
    json({
      inputs: [
        {
          ...SOUND,
          data: [
            [1, 2, 3],
            [4, 5, 6],
          ],
        },
      ],
      outputs: [{ name: "label" }],
    }),
    json({ parameters: { timeout: 10, priority: 1, binary_data_output: true }, inputs: [{ ...SOUND, data: [0] }] }),
    ...DATATYPES.map((datatype) => json({ inputs: [{ name: "x", datatype, shape: [1, 2], data: ["1", "0"] }] })),
    ...DATATYPES.map((datatype) => json({ inputs: [{ name: "x", datatype, shape: [1, 2], data: [1, 0] }] })),
  ],
  read: (bytes) => {
    const { json: body, tail } = readInferBody(bytes, {});
    return eachModel((model) => readInferRequest(body, model, tail));
  },
};

/** The header is the first line of an input, so that mutations reach it too. */
const inferBinary: FuzzTarget = {
  name: "infer, binary",
  corpus: DATATYPES.map((datatype) => {
    const tail = datatype === "BYTES" ? [1, 0, 0, 0, 65, 2, 0, 0, 0, 66, 67] : new Array(16).fill(1);
    const parameters = { binary_data_size: tail.length };
    const head = json({ inputs: [{ name: "x", datatype, shape: [1, 2], parameters }] });
    return Buffer.concat([Buffer.from(`${head.length}\n`), head, Buffer.from(tail)]);
  }),
  read: (bytes) => {
    const end = bytes.indexOf(10);
    const header = bytes.subarray(0, Math.max(end, 0)).toString("latin1");
    const { json: body, tail } = readInferBody(bytes.subarray(end + 1), { [HEADER_LENGTH]: header });
    return eachModel((model) => readInferRequest(body, model, tail));
  },
};

const requestType = parse(INFERENCE_PROTO, { keepCase: true }).root.lookupType("inference.ModelInferRequest");
const encode = (fields: object) => Buffer.from(requestType.encode(requestType.fromObject(fields)).finish());

const grpc: FuzzTarget = {
  name: "gRPC",
  corpus: [
    encode({ model_name: "m", id: "1", inputs: [{ ...SOUND, contents: { fp32_contents: [1, 2, 3, 4, 5, 6] } }] }),
    encode({ model_name: "m", inputs: [SOUND], raw_input_contents: [Buffer.alloc(24)], outputs: [{ name: "label" }] }),
    encode({ model_name: "m", parameters: { priority: { int64_param: 3 } }, inputs: [SOUND] }),
    ...DATATYPES.map((datatype) =>
      encode({ inputs: [{ name: "x", datatype, shape: [1, 2] }], raw_input_contents: [Buffer.alloc(16, 1)] }),
    ),
  ],
  read: (bytes) => {
    const request = decodeRequest(requestType, bytes);
    return eachModel((model) => readModelInfer(request as never, model));
  },
};

const coded: FuzzTarget = {
  name: "gzip",
  corpus: [gzipSync(JSON.stringify({ inputs: [{ ...SOUND, data: [1, 2, 3, 4, 5, 6] }] }))],
  read: (bytes) => decodeContent(bytes, "gzip", LIMIT_BYTES),
};

const MODELS = [MODEL, ...DATATYPES.map(modelOf)];

/** Reads for each model; all of them must behave. The last refusal is thrown, as a sign that there was one. */
function eachModel(read: (model: InferModel) => unknown): unknown {
  let refusal: unknown;
  let result: unknown;
  for (const model of MODELS) {
    try {
      result = read(model);
    } catch (error) {
      if ((error as { status?: number }).status === undefined) throw error;
      refusal = error;
    }
  }
  if (result === undefined) throw refusal;
  return result;
}

/** Every way in. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [predict, inferJson, inferBinary, grpc, coded];
