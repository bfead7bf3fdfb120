import type { TensorSpec } from "./executor";
import { acceptInputs, commonRows, type GivenInput } from "./inputTensors";
import { readSchedule, type Schedule } from "./schedule";
import type { Tensor } from "./tensor";
import { badRequest } from "./tensors/badRequest";
import { readBinaryData } from "./tensors/binaryData";
import { readJsonData } from "./tensors/jsonData";
import { valueSeen } from "./valueSeen";

/** An output that a caller wants, and in which form. */
export interface WantedOutput {
  readonly name: string;
  /** As bytes after the JSON of the answer, not inside it. */
  readonly binary: boolean;
}

/** A sound inference request of the Open Inference Protocol. */
export interface InferRequest {
  /** The caller's, to be echoed. */
  readonly id: string | undefined;
  /** 1 when the model does not batch. */
  readonly rows: number;
  /** In the model's order, of the model's datatypes. */
  readonly inputs: readonly Tensor[];
  /** In the order of the answer. */
  readonly outputs: readonly WantedOutput[];
  readonly schedule: Schedule;
}

/** What of a model its requests are checked against. */
export interface InferModel {
  readonly inputs: readonly TensorSpec[];
  readonly outputNames: readonly string[];
  /** True when the first dimension of every tensor counts rows. */
  readonly batches: boolean;
}

/**
 * Reads an inference request (kserve/open-inference-protocol, inference_rest.md), its tensors in JSON or in `tail`, the
 * bytes after it (the extension binary_tensor_data). `body` is as parsed, with bigints where numbers are not exact.
 * Fields that the protocol does not know are ignored, as its servers do.
 * @throws {ServiceError} 400; the protocol's error body carries the message alone.
 */
export function readInferRequest(body: unknown, model: InferModel, tail: Uint8Array = new Uint8Array()): InferRequest {
  const request = object(body, "the request body");
  const { id } = request;
  if (id !== undefined && typeof id !== "string") throw badRequest(`id is ${valueSeen(id)}. Allowed: a text.`);
  const parameters = readParameters(request.parameters, "parameters");
  const inputs = acceptInputs(readInputs(request.inputs, model.inputs, new Tail(tail)), model.inputs);
  const binary = readFlag(parameters, "binary_data_output", "parameters") ?? false;
  const outputs = readOutputs(request.outputs, model.outputNames, binary);
  const schedule = readSchedule(parameters);
  return { id, rows: model.batches ? commonRows(inputs) : 1, inputs, outputs, schedule };
}

/** The bytes after the JSON, handed out in the order in which the inputs are listed. */
class Tail {
  private offset = 0;
  constructor(private readonly bytes: Uint8Array) {}

  take(size: number, path: string): Uint8Array {
    const left = this.bytes.length - this.offset;
    if (size > left) {
      throw badRequest(
        `${path}.parameters.binary_data_size is ${size}, but ${left} bytes are left after the JSON. Set Inference-Header-Content-Length to the length of the JSON.`,
      );
    }
    this.offset += size;
    return this.bytes.subarray(this.offset - size, this.offset);
  }

  checkEmpty(): void {
    const left = this.bytes.length - this.offset;
    if (left > 0) throw badRequest(`${left} bytes after the JSON belong to no input; see binary_data_size.`);
  }
}

function readInputs(inputs: unknown, specs: readonly TensorSpec[], tail: Tail): GivenInput[] {
  if (!Array.isArray(inputs)) {
    const names = specs.map(({ name }) => `"${name}"`).join(", ");
    throw badRequest(
      `inputs is ${valueSeen(inputs)}. Allowed: an array with the input${specs.length === 1 ? "" : "s"} ${names}.`,
    );
  }
  const given = inputs.map((input, index) => readInput(input, `inputs[${index}]`, tail));
  tail.checkEmpty();
  return given;
}

function readInput(input: unknown, path: string, tail: Tail): GivenInput {
  const { name, datatype, shape, data, parameters: given } = object(input, path);
  const parameters = readParameters(given, `${path}.parameters`);
  const size = parameters.binary_data_size;
  if (size === undefined) {
    const read: GivenInput["read"] = (type, lengths) =>
      readJsonData({ data, shape: lengths, datatype: type, path: `${path}.data` });
    return { path, name, datatype, shape, read };
  }
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw badRequest(`${path}.parameters.binary_data_size is ${valueSeen(size)}. Allowed: a number of bytes.`);
  }
  if (data !== undefined) throw badRequest(`${path} has data and binary_data_size. Give one of them.`);
  const bytes = tail.take(size, path);
  const read: GivenInput["read"] = (type, lengths) =>
    readBinaryData({ bytes, shape: lengths, datatype: type, path: `${path}.data` });
  return { path, name, datatype, shape, read };
}

function readOutputs(outputs: unknown, known: readonly string[], binaryDefault: boolean): WantedOutput[] {
  if (outputs !== undefined && !Array.isArray(outputs)) {
    throw badRequest(`outputs is ${valueSeen(outputs)}. Allowed: an array of {"name"}.`);
  }
  if (outputs === undefined || outputs.length === 0) return known.map((name) => ({ name, binary: binaryDefault }));
  const wanted = new Map<string, WantedOutput>();
  for (const [index, output] of outputs.entries()) {
    const path = `outputs[${index}]`;
    const { name, parameters: given } = object(output, path);
    if (typeof name !== "string" || !known.includes(name)) {
      throw badRequest(`${path}.name is ${valueSeen(name)}. This model's outputs: ${known.join(", ")}.`);
    }
    if (wanted.has(name)) throw badRequest(`${path}.name repeats "${name}". Ask for every output once.`);
    const parameters = readParameters(given, `${path}.parameters`);
    const binary = readFlag(parameters, "binary_data", `${path}.parameters`) ?? binaryDefault;
    wanted.set(name, { name, binary });
  }
  return [...wanted.values()];
}

/** Parameters are texts, numbers or booleans; those that the server does not know change nothing. */
function readParameters(parameters: unknown, path: string): Readonly<Record<string, unknown>> {
  if (parameters === undefined) return {};
  const given = object(parameters, path);
  for (const [name, value] of Object.entries(given)) {
    if (!["string", "number", "bigint", "boolean"].includes(typeof value)) {
      throw badRequest(`${path}.${name} is ${valueSeen(value)}. Allowed: a text, a number or a boolean.`);
    }
  }
  return given;
}

function readFlag(parameters: Readonly<Record<string, unknown>>, name: string, path: string): boolean | undefined {
  const value = parameters[name];
  if (value === undefined || typeof value === "boolean") return value;
  throw badRequest(`${path}.${name} is ${valueSeen(value)}. Allowed: true or false.`);
}

function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw badRequest(`${path} is ${valueSeen(value)}. Allowed: a JSON object.`);
}
