import type { ModelCard } from "../runtime/modelPackage";

/** Name of an Open Inference Protocol datatype. */
export type Datatype = ModelCard["inputs"][number]["datatype"];

/** Elements of a tensor, row-major. BYTES are texts, BOOL and FP16 their storage, 64-bit integers exact. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | readonly string[];

/** A dense tensor. The first dimension counts rows, where a batch is cut and joined. */
export interface Tensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  /** As many elements as the product of `shape`. */
  readonly data: TensorData;
}

/** Rows `first` to `first + count` of a tensor: in storage of their own, or the tensor itself when they are all. */
export function takeRows(tensor: Tensor, first: number, count: number): Tensor {
  if (first === 0 && count === tensor.shape[0]) return tensor;
  const width = rowLength(tensor);
  const data = tensor.data.slice(first * width, (first + count) * width);
  return { ...tensor, shape: [count, ...tensor.shape.slice(1)], data };
}

/** Elements in one row. */
export function rowLength({ shape }: Pick<Tensor, "shape">): number {
  let length = 1;
  for (let axis = 1; axis < shape.length; axis++) length *= shape[axis] ?? 1;
  return length;
}
