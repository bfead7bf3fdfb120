import type { Message, Type } from "protobufjs";
import { infer, inferModel } from "../infer";
import type { InferModel, InferRequest } from "../inferRequest";
import { acceptInputs, commonRows, type GivenInput } from "../inputTensors";
import { noteModel, type RequestRecord } from "../observability/requestObserver";
import { readSchedule } from "../schedule";
import type { ServedModel } from "../servedModel";
import type { Tensor } from "../tensor";
import { badRequest } from "../tensors/badRequest";
import { readBinaryData, writeBinaryData } from "../tensors/binaryData";
import { valueSeen } from "../valueSeen";
import { type ModelInferRequest, type ModelInferResponse, toBigInt } from "./messages";
import { readContents, writeContents } from "./tensorContents";

/**
 * Answers a ModelInfer request: raw outputs to raw inputs and typed ones to typed, save that FP16 has only the raw form.
 * @throws {ServiceError} 400 for a wrong request, and what the batcher refuses with.
 */
export async function answerModelInfer(
  model: ServedModel,
  request: ModelInferRequest,
  signal: AbortSignal,
  record?: RequestRecord,
): Promise<ModelInferResponse> {
  const read = readModelInfer(request, inferModel(model));
  noteModel(record, model, read.rows);
  const tensors = await infer(model, read, signal);
  const { name, version } = model.card;
  const answer = { model_name: name, model_version: version, id: request.id };
  const heads = tensors.map(({ name, datatype, shape }) => ({ name, datatype, shape }));
  const contents = tensors.flatMap((tensor) => writeContents(tensor) ?? []);
  if (request.raw_input_contents.length > 0 || contents.length < tensors.length) {
    return { ...answer, outputs: heads, raw_output_contents: tensors.map(toBytes) };
  }
  const outputs = heads.map((head, index) => ({ ...head, contents: contents[index] ?? {} }));
  return { ...answer, outputs, raw_output_contents: [] };
}

function toBytes(tensor: Tensor): Uint8Array {
  return writeBinaryData(tensor);
}

/**
 * Decodes a message of the protocol.
 * @throws {ServiceError} 400 when the bytes are none.
 */
export function decodeRequest(type: Type, bytes: Uint8Array): Message {
  try {
    return type.decode(bytes);
  } catch (error) {
    throw badRequest(`The request is no ${type.name}: ${(error as Error).message}.`);
  }
}

/** @throws {ServiceError} 400 for a wrong request. */
export function readModelInfer(request: ModelInferRequest, model: InferModel): InferRequest {
  const { inputs: given, raw_input_contents: raw, id } = request;
  if (raw.length > 0 && raw.length !== given.length) {
    throw badRequest(
      `raw_input_contents has ${raw.length} tensors for ${given.length} inputs. Send all inputs so, or none.`,
    );
  }
  const inputs = acceptInputs(
    given.map(({ name, datatype, shape, contents }, index): GivenInput => {
      const path = `inputs[${index}]`;
      const bytes = raw[index];
      const read: GivenInput["read"] = (type, lengths) =>
        bytes === undefined
          ? readContents({ contents, datatype: type, shape: lengths, path: `${path}.contents` })
          : readBinaryData({ bytes, datatype: type, shape: lengths, path: `raw_input_contents[${index}]` });
      return { path, name, datatype, shape: shape.map((length) => Number(toBigInt(length))), read };
    }),
    model.inputs,
  );
  return {
    id,
    rows: model.batches ? commonRows(inputs) : 1,
    inputs,
    outputs: readOutputs(request, model.outputNames).map((name) => ({ name, binary: true })),
    schedule: readSchedule(toValues(request.parameters)),
  };
}

/** Parameters as the REST half has them. */
function toValues(parameters: ModelInferRequest["parameters"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { int64_param, uint64_param, ...other }]) => {
      const whole = int64_param ?? uint64_param;
      return [name, whole ? Number(toBigInt(whole)) : (other.double_param ?? other.string_param ?? other.bool_param)];
    }),
  );
}

function readOutputs({ outputs }: ModelInferRequest, known: readonly string[]): readonly string[] {
  if (outputs.length === 0) return known;
  const names = outputs.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (!known.includes(name)) {
      throw badRequest(`outputs[${index}].name is ${valueSeen(name)}. This model's outputs: ${known.join(", ")}.`);
    }
    if (names.indexOf(name) !== index) {
      throw badRequest(`outputs[${index}].name repeats "${name}". Ask for every output once.`);
    }
  }
  return names;
}
