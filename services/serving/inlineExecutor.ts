import { InferenceSession, type OnnxValue, Tensor as OrtTensor } from "onnxruntime-node";
import type { Executor, TensorSpec } from "./executor";
import type { Datatype, Tensor, TensorData } from "./tensor";

type ElementType = OrtTensor.Type;

const ELEMENT_TYPES: Readonly<Record<Datatype, ElementType>> = {
  BOOL: "bool",
  UINT8: "uint8",
  UINT16: "uint16",
  UINT32: "uint32",
  UINT64: "uint64",
  INT8: "int8",
  INT16: "int16",
  INT32: "int32",
  INT64: "int64",
  FP16: "float16",
  FP32: "float32",
  FP64: "float64",
  BYTES: "string",
};
const DATATYPES = new Map(Object.entries(ELEMENT_TYPES).map(([datatype, type]) => [type, datatype as Datatype]));

/**
 * Loads a model to run on this thread. onnxruntime-node's `run` is synchronous inside (microsoft/onnxruntime#19611):
 * a batch holds the event loop as long as it computes, so this suits models that need well under a millisecond.
 * @throws {Error} of ONNX Runtime when the bytes are no model that it can run.
 */
export async function createInlineExecutor(model: Uint8Array): Promise<Executor> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    // Failures are thrown and logged as JSON by whoever called; nothing else belongs on standard error.
    logSeverityLevel: 4,
  });
  const inputs = session.inputMetadata.map(toSpec);
  const outputs = session.outputMetadata.map(toSpec);
  return {
    inputs,
    outputs,
    batches: [...inputs, ...outputs].every(({ shape }) => shape[0] === -1),
    async run(given) {
      const feeds: Record<string, OnnxValue> = {};
      for (const { name, datatype, shape, data } of given) {
        feeds[name] = new OrtTensor(ELEMENT_TYPES[datatype], data as OrtTensor.DataType, shape);
      }
      const results = await session.run(feeds);
      return outputs.map(({ name, datatype }) => fromResult(name, datatype, results[name]));
    },
    close: () => session.release(),
  };
}

function fromResult(name: string, datatype: Datatype, result: OnnxValue | undefined): Tensor {
  if (result === undefined) throw new Error(`The model gave no output ${name}.`);
  const data = result.data as TensorData;
  // Where JavaScript has a Float16Array, halves come in one; everywhere else and here they are their bits.
  const bits = datatype === "FP16" && ArrayBuffer.isView(data);
  return {
    name,
    datatype,
    shape: result.dims,
    data: bits ? new Uint16Array(data.buffer, data.byteOffset, data.length) : data,
  };
}

function toSpec(value: InferenceSession.ValueMetadata): TensorSpec {
  if (!value.isTensor) throw new Error(`${value.name} is no tensor; only models of tensors are served.`);
  const datatype = DATATYPES.get(value.type);
  if (datatype === undefined)
    throw new Error(`${value.name} has elements of type ${value.type}, which are not served.`);
  return { name: value.name, datatype, shape: value.shape.map((length) => (typeof length === "number" ? length : -1)) };
}
