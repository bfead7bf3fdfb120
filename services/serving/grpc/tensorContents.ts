import type { Datatype, Tensor, TensorData } from "../tensor";
import { badRequest } from "../tensors/badRequest";
import { readText } from "../tensors/binaryData";
import { allocate, elementCount, INTEGER_RANGES, isWide, type NumericDatatype } from "../tensors/datatypes";
import { fromBigInt, type TensorContents, toBigInt } from "./messages";

type Field = keyof TensorContents;

/** Where the elements of a datatype are, by the protocol; FP16 has no such place. */
const FIELDS: Readonly<Record<Exclude<Datatype, "FP16">, Field>> = {
  BOOL: "bool_contents",
  INT8: "int_contents",
  INT16: "int_contents",
  INT32: "int_contents",
  INT64: "int64_contents",
  UINT8: "uint_contents",
  UINT16: "uint_contents",
  UINT32: "uint_contents",
  UINT64: "uint64_contents",
  FP32: "fp32_contents",
  FP64: "fp64_contents",
  BYTES: "bytes_contents",
};

export interface ReadContentsArgs {
  readonly contents: TensorContents | null | undefined;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly path: string;
}

/**
 * Reads a tensor's elements from the typed fields of a request.
 * @throws {ServiceError} 400 when they are elsewhere, too many or too few, or not of the datatype.
 */
export function readContents({ contents, datatype, shape, path }: ReadContentsArgs): TensorData {
  if (datatype === "FP16") throw badRequest(`${path}: FP16 has no typed contents. Send raw_input_contents.`);
  const field = FIELDS[datatype];
  const elements = contents?.[field] ?? [];
  const expected = elementCount(shape);
  if (elements.length !== expected) {
    throw badRequest(
      `${path}.${field} has ${elements.length} elements. ${datatype} of shape [${shape}] takes ${expected}.`,
    );
  }
  if (datatype === "BYTES") {
    return (contents?.bytes_contents ?? []).map((bytes, index) => readText(bytes, `${path}, element ${index}`));
  }
  if (isWide(datatype)) {
    const data = allocate(datatype, expected);
    const wide = datatype === "INT64" ? contents?.int64_contents : contents?.uint64_contents;
    for (const [index, element] of (wide ?? []).entries()) data[index] = toBigInt(element);
    return data;
  }
  return readNumbers(elements as readonly (number | boolean)[], datatype, `${path}.${field}`);
}

function readNumbers(
  elements: readonly (number | boolean)[],
  datatype: Exclude<NumericDatatype, "INT64" | "UINT64">,
  path: string,
): TensorData {
  const data = allocate(datatype, elements.length);
  const range = INTEGER_RANGES[datatype];
  for (const [index, element] of elements.entries()) {
    const value = Number(element);
    if (range !== undefined && !(value >= range[0] && value <= range[1])) {
      throw badRequest(
        `${path}, element ${index} in row-major order, is ${value}. Allowed for ${datatype}: a whole number from ${range[0]} to ${range[1]}.`,
      );
    }
    data[index] = value;
  }
  return data;
}

/** A tensor's elements in the typed fields of a response, or undefined for FP16, which has none. */
export function writeContents({ datatype, data }: Pick<Tensor, "datatype" | "data">): TensorContents | undefined {
  if (datatype === "FP16") return undefined;
  const field = FIELDS[datatype];
  switch (field) {
    case "bool_contents":
      return { [field]: Array.from(data as Uint8Array, (value) => value === 1) };
    case "bytes_contents":
      return { [field]: (data as readonly string[]).map((text) => Buffer.from(text, "utf8")) };
    case "int64_contents":
    case "uint64_contents":
      return { [field]: Array.from(data as BigInt64Array, (value) => fromBigInt(value, datatype === "UINT64")) };
    default:
      return { [field]: Array.from(data as Float32Array) };
  }
}
