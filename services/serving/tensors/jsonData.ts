import type { Datatype, TensorData } from "../tensor";
import { FP32_MAX, valueSeen } from "../valueSeen";
import { badRequest } from "./badRequest";
import { allocate, elementCount, INTEGER_RANGES, isWide, type NumericDatatype } from "./datatypes";
import { fromHalf, toHalf } from "./half";

export interface JsonDataArgs {
  /** As parsed; integers that a number cannot hold exactly are bigints. */
  readonly data: unknown;
  readonly shape: readonly number[];
  readonly datatype: Datatype;
  /** Where the data stands in the request, for messages. */
  readonly path: string;
}

/**
 * Reads a tensor's elements in JSON, nested by shape or flattened. FP32 and FP16 take the nearest number that they can
 * hold, as JSON's decimals must be rounded; every other datatype is exact.
 * @throws {ServiceError} 400 for data that does not fit the shape or the datatype.
 */
export function readJsonData({ data, shape, datatype, path }: JsonDataArgs): TensorData {
  const values: unknown[] = [];
  flatten({ data, shape, axis: 0, into: values, path });
  const wrong = (index: number, allowed: string) =>
    badRequest(`${path}, element ${index} in row-major order, is ${valueSeen(values[index])}. ${allowed}`);
  switch (datatype) {
    case "BYTES":
      return values.map((value, index) => {
        // Half of a surrogate pair has no UTF-8 form, which is what a model sees; onnxruntime-node cuts texts at U+0000.
        if (typeof value === "string" && !/[\0\p{Surrogate}]/u.test(value)) return value;
        throw wrong(index, "Allowed: a text without U+0000 and halves of surrogate pairs.");
      });
    case "BOOL":
      return fill(datatype, values, (value, index) => {
        if (typeof value === "boolean") return value ? 1 : 0;
        throw wrong(index, "Allowed: true or false.");
      });
    case "FP64":
      return fill(datatype, values, (value, index) =>
        readFloat(value, index, wrong, Number.MAX_VALUE, "FP64 can hold"),
      );
    case "FP32":
      return fill(datatype, values, (value, index) =>
        readFloat(value, index, wrong, FP32_MAX, "FP32 can hold (up to 3.4e38)"),
      );
    case "FP16":
      return fill(datatype, values, (value, index) => {
        const half = toHalf(readFloat(value, index, wrong, FP32_MAX, "FP16 can hold (up to 65504)"));
        if (Number.isFinite(fromHalf(half))) return half;
        throw wrong(index, "Allowed: a finite number that FP16 can hold (up to 65504).");
      });
    default:
      return readIntegers(datatype, values, wrong);
  }
}

type Wrong = (index: number, allowed: string) => Error;

type NarrowDatatype = Exclude<NumericDatatype, "INT64" | "UINT64">;

function fill(datatype: NarrowDatatype, values: readonly unknown[], read: (value: unknown, index: number) => number) {
  const result = allocate(datatype, values.length);
  for (let index = 0; index < values.length; index++) result[index] = read(values[index], index);
  return result;
}

function readFloat(value: unknown, index: number, wrong: Wrong, most: number, holder: string): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number !== "number") throw wrong(index, "Allowed: a number.");
  if (Math.abs(number) <= most) return number;
  throw wrong(index, `Allowed: a finite number that ${holder}.`);
}

function readIntegers(datatype: NumericDatatype, values: readonly unknown[], wrong: Wrong): TensorData {
  const [least, greatest] = INTEGER_RANGES[datatype] ?? [0n, 0n];
  const read = (value: unknown, index: number): number | bigint => {
    if (typeof value !== "number" && typeof value !== "bigint") throw wrong(index, "Allowed: a number.");
    const whole = typeof value === "bigint" || Number.isInteger(value);
    if (whole && value >= least && value <= greatest) return value;
    throw wrong(index, `Allowed for ${datatype}: a whole number from ${least} to ${greatest}.`);
  };
  if (!isWide(datatype)) return fill(datatype, values, (value, index) => Number(read(value, index)));
  const result = allocate(datatype, values.length);
  for (let index = 0; index < values.length; index++) result[index] = BigInt(read(values[index], index));
  return result;
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
  if (!Array.isArray(data)) throw badRequest(`${path} is ${valueSeen(data)}. Allowed: an array.`);
  const flat = axis === 0 && !Array.isArray(data[0]);
  const expected = flat ? elementCount(shape) : shape[axis];
  if (data.length !== expected) {
    throw badRequest(`${path} has ${data.length} elements. The shape [${shape}] asks for ${expected}.`);
  }
  if (flat || axis === shape.length - 1) {
    for (const value of data) into.push(value);
    return;
  }
  for (const [index, inner] of data.entries()) {
    flatten({ data: inner, shape, axis: axis + 1, into, path: `${path}[${index}]` });
  }
}
