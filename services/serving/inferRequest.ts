import { ServiceError } from "../runtime/errors";
import type { TensorSpec } from "./executor";
import type { Datatype } from "./tensor";
import { FP32_MAX, valueSeen } from "./valueSeen";

/** A sound inference request of the Open Inference Protocol. */
export interface InferRequest {
  /** The caller's, to be echoed. */
  readonly id: string | undefined;
  readonly rows: number;
  /** rows x width numbers, row-major, each finite as FP32. */
  readonly values: readonly number[];
  /** Names of the wanted outputs in the order wanted; undefined means all. */
  readonly outputs: readonly string[] | undefined;
}

export interface InferModel {
  /** The only input: FP32 [-1, width]. */
  readonly input: TensorSpec;
  readonly outputNames: readonly string[];
}

/** Least and greatest value of the integer datatypes; 64-bit ones as far as a JSON number is exact in JavaScript. */
const INTEGER_RANGES: Partial<Record<Datatype, readonly [number, number]>> = {
  UINT8: [0, 2 ** 8 - 1],
  UINT16: [0, 2 ** 16 - 1],
  UINT32: [0, 2 ** 32 - 1],
  UINT64: [0, Number.MAX_SAFE_INTEGER],
  INT8: [-(2 ** 7), 2 ** 7 - 1],
  INT16: [-(2 ** 15), 2 ** 15 - 1],
  INT32: [-(2 ** 31), 2 ** 31 - 1],
  INT64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};
const ACCEPTED = ["FP32", "FP64", ...Object.keys(INTEGER_RANGES)];

/**
 * Reads the JSON form of an inference request (kserve/open-inference-protocol, inference_rest.md). `data` may be
 * nested by `shape` or flattened. FP32 values are rounded to the nearest FP32, as JSON's decimals must be; FP64 and
 * the integer datatypes are accepted where FP32 holds every value exactly, so that nothing is lost unseen.
 * Fields that the protocol does not know are ignored, as its servers do.
 * @throws {ServiceError} 400; the protocol's error body carries the message alone.
 */
export function readInferRequest(body: unknown, { input, outputNames }: InferModel): InferRequest {
  const request = object(body, "the request body");
  const { id } = request;
  if (id !== undefined && typeof id !== "string") throw bad(`id is ${valueSeen(id)}. Allowed: a text.`);
  checkParameters(request.parameters, "parameters");
  const tensor = readOnlyInput(request.inputs, input);
  const datatype = readDatatype(tensor.datatype, input);
  const shape = readShape(tensor.shape, input);
  const values: unknown[] = [];
  flatten({ data: tensor.data, shape, axis: 0, into: values, path: "inputs[0].data" });
  checkValues(values, datatype);
  return { id, rows: shape[0], values, outputs: readOutputs(request.outputs, outputNames) };
}

function readOnlyInput(inputs: unknown, { name }: TensorSpec): Record<string, unknown> {
  if (!Array.isArray(inputs)) throw bad(`inputs is ${valueSeen(inputs)}. Allowed: an array with the input "${name}".`);
  if (inputs.length !== 1) throw bad(`inputs has ${inputs.length} tensors. This model takes 1, "${name}".`);
  const tensor = object(inputs[0], "inputs[0]");
  if (tensor.name !== name) throw bad(`inputs[0].name is ${valueSeen(tensor.name)}. This model's input is "${name}".`);
  checkParameters(tensor.parameters, "inputs[0].parameters");
  return tensor;
}

function readDatatype(datatype: unknown, { name }: TensorSpec): Datatype {
  if (typeof datatype === "string" && ACCEPTED.includes(datatype)) return datatype as Datatype;
  throw bad(
    `inputs[0].datatype is ${valueSeen(datatype)}. "${name}" takes FP32; ${ACCEPTED.slice(1).join(", ")} are accepted where FP32 holds every value exactly.`,
  );
}

function readShape(shape: unknown, { shape: [, width = 1] }: TensorSpec): readonly [number, number] {
  const sound = Array.isArray(shape) && shape.length === 2 && shape.every((length) => Number.isSafeInteger(length));
  if (sound && shape[0] >= 1 && shape[1] === width) return [shape[0], width];
  const seen = Array.isArray(shape) && shape.length <= 8 ? `[${shape.map(valueSeen).join(",")}]` : valueSeen(shape);
  throw bad(`inputs[0].shape is ${seen}. Allowed: [rows,${width}] with at least one row.`);
}

interface Flattening {
  readonly data: unknown;
  readonly shape: readonly number[];
  readonly axis: number;
  readonly into: unknown[];
  readonly path: string;
}

/** Flattened data holds no array at its first place; nested data has the shape's length at every level. */
function flatten({ data, shape, axis, into, path }: Flattening): void {
  if (!Array.isArray(data)) throw bad(`${path} is ${valueSeen(data)}. Allowed: an array.`);
  const flat = axis === 0 && !Array.isArray(data[0]);
  const expected = flat ? shape.reduce((product, length) => product * length, 1) : shape[axis];
  if (data.length !== expected) {
    throw bad(`${path} has ${data.length} elements. The shape [${shape}] asks for ${expected}.`);
  }
  if (flat || axis === shape.length - 1) {
    for (const value of data) into.push(value);
    return;
  }
  for (const [index, inner] of data.entries()) {
    flatten({ data: inner, shape, axis: axis + 1, into, path: `${path}[${index}]` });
  }
}

function checkValues(values: readonly unknown[], datatype: Datatype): asserts values is readonly number[] {
  const range = INTEGER_RANGES[datatype];
  const exact = datatype !== "FP32";
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    const where = `inputs[0].data, element ${index} in row-major order, is ${valueSeen(value)}`;
    if (typeof value !== "number") throw bad(`${where}. Allowed: a number.`);
    if (!(Math.abs(value) <= FP32_MAX))
      throw bad(`${where}. Allowed: a finite number that FP32 can hold (up to 3.4e38).`);
    if (range !== undefined && !(Number.isInteger(value) && value >= range[0] && value <= range[1])) {
      throw bad(`${where}. Allowed for ${datatype}: a whole number from ${range[0]} to ${range[1]}.`);
    }
    if (exact && Math.fround(value) !== value) {
      throw bad(`${where}, which FP32 cannot hold exactly. Send it as FP32 to have it rounded to the nearest FP32.`);
    }
  }
}

function readOutputs(outputs: unknown, known: readonly string[]): string[] | undefined {
  if (outputs === undefined) return undefined;
  if (!Array.isArray(outputs)) throw bad(`outputs is ${valueSeen(outputs)}. Allowed: an array of {"name"}.`);
  const names = outputs.map((output, index) => {
    const { name, parameters } = object(output, `outputs[${index}]`);
    if (typeof name !== "string" || !known.includes(name)) {
      throw bad(`outputs[${index}].name is ${valueSeen(name)}. This model's outputs: ${known.join(", ")}.`);
    }
    checkParameters(parameters, `outputs[${index}].parameters`);
    return name;
  });
  return names.length === 0 ? undefined : names;
}

/** Parameters are texts, numbers or booleans. None changes anything, save those that ask for binary tensors. */
function checkParameters(parameters: unknown, path: string): void {
  if (parameters === undefined) return;
  for (const [name, value] of Object.entries(object(parameters, path))) {
    if (!["string", "number", "boolean"].includes(typeof value)) {
      throw bad(`${path}.${name} is ${valueSeen(value)}. Allowed: a text, a number or a boolean.`);
    }
    if (/^binary_data/.test(name) && value !== false) {
      throw bad(
        `${path}.${name} is ${valueSeen(value)}. Binary tensors are not offered (GET /v2 lists the extensions); send JSON data.`,
      );
    }
  }
}

function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw bad(`${path} is ${valueSeen(value)}. Allowed: a JSON object.`);
}

function bad(message: string): ServiceError {
  return new ServiceError(400, "invalid_request", message);
}
