import type { TensorSpec } from "./executor";
import type { Tensor, TensorData } from "./tensor";
import { allocate } from "./tensors/datatypes";

/** One caller's elements for one input of a model, row-major; numbers for an FP32 input may be in a plain array. */
export interface InputRows {
  readonly shape: readonly number[];
  readonly data: TensorData | readonly number[];
}

/**
 * The tensor that all callers' rows make together, in their order. Their shapes differ in the first dimension only. A
 * single caller's array is taken as it is.
 */
export function joinRows({ name, datatype }: TensorSpec, parts: readonly InputRows[]): Tensor {
  const [first] = parts;
  if (first === undefined) throw new Error("A batch has at least one caller.");
  if (parts.length === 1 && (datatype === "BYTES" || ArrayBuffer.isView(first.data))) {
    return { name, datatype, shape: first.shape, data: first.data as TensorData };
  }
  let rows = 0;
  let length = 0;
  for (const { shape, data } of parts) {
    rows += shape[0] ?? 1;
    length += data.length;
  }
  const shape = [rows, ...first.shape.slice(1)];
  if (datatype === "BYTES") return { name, datatype, shape, data: parts.flatMap(({ data }) => data as string[]) };
  const data = allocate(datatype, length);
  let offset = 0;
  for (const part of parts) {
    data.set(part.data as never, offset);
    offset += part.data.length;
  }
  return { name, datatype, shape, data };
}
