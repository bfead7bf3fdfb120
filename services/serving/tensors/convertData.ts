import type { Datatype, TensorData } from "../tensor";
import { badRequest } from "./badRequest";
import { fromHalf } from "./half";

/** Datatypes that an FP32 input accepts beside its own, where FP32 holds every value exactly. */
export const WIDENED: readonly Datatype[] = [
  ...(["FP16", "FP64", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64"] as const),
];

/** True when a tensor of the one datatype may be given for an input of the other. */
export function accepts(wanted: Datatype, given: Datatype): boolean {
  return given === wanted || (wanted === "FP32" && WIDENED.includes(given));
}

/**
 * The elements as an FP32 input takes them.
 * @throws {ServiceError} 400 for a value that FP32 cannot hold exactly, so that nothing is lost unseen.
 */
export function toFp32(data: TensorData, given: Datatype, path: string): Float32Array {
  if (data instanceof Float32Array) return data;
  const result = new Float32Array(data.length);
  for (let index = 0; index < data.length; index++) {
    const element = data[index] ?? 0;
    const value = given === "FP16" ? fromHalf(Number(element)) : Number(element);
    result[index] = value;
    const exact = Object.is(result[index], value) && (typeof element !== "bigint" || BigInt(value) === element);
    if (!exact) {
      throw badRequest(
        `${path}, element ${index} in row-major order, is ${element}, which FP32 cannot hold exactly. Send it as FP32 to have it rounded to the nearest FP32.`,
      );
    }
  }
  return result;
}
