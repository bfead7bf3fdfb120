import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import type { Executor, TensorSpec } from "./executor";
import type { ModelRunner, RunnerTensor } from "./modelRunner";
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
 * A loaded model in the terms of the protocol.
 * @throws {Error} when it takes or gives what the protocol has no datatype for.
 */
export function createExecutor(runner: ModelRunner): Executor {
  const inputs = runner.inputs.map(toSpec);
  const outputs = runner.outputs.map(toSpec);
  return {
    inputs,
    outputs,
    batches: [...inputs, ...outputs].every(({ shape }) => shape[0] === -1),
    async run(given) {
      const results = await runner.run(
        given.map(({ name, datatype, shape, data }) => ({
          name,
          type: ELEMENT_TYPES[datatype],
          dims: shape,
          data: data as OrtTensor.DataType,
        })),
      );
      return results.map(fromResult);
    },
    close: () => runner.close(),
  };
}

function fromResult({ name, type, dims, data: given }: RunnerTensor): Tensor {
  const datatype = DATATYPES.get(type);
  if (datatype === undefined) throw new Error(`${name} has elements of type ${type}, which are not served.`);
  const data = given as TensorData;
  // Where JavaScript has a Float16Array, halves come in one; everywhere else and here they are their bits.
  const bits = datatype === "FP16" && ArrayBuffer.isView(data);
  return {
    name,
    datatype,
    shape: dims,
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
