import type { Datatype, TensorData } from "../tensor";

/** Elements of every datatype but BYTES. */
export type NumericData = Exclude<TensorData, readonly string[]>;
export type NumericDatatype = Exclude<Datatype, "BYTES">;
/** Datatypes whose elements are bigints, since a number does not hold them all. */
type WideDatatype = "INT64" | "UINT64";
type WideData = BigInt64Array | BigUint64Array;

interface ArrayConstructor {
  new (length: number): NumericData;
  readonly BYTES_PER_ELEMENT: number;
}

const STORAGE: Readonly<Record<NumericDatatype, ArrayConstructor>> = {
  BOOL: Uint8Array,
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
  UINT64: BigUint64Array,
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  FP16: Uint16Array,
  FP32: Float32Array,
  FP64: Float64Array,
};

/** Zeros of a datatype: the array that holds its elements, little-endian on every machine that Node runs on. */
export function allocate(datatype: WideDatatype, length: number): WideData;
export function allocate(
  datatype: Exclude<NumericDatatype, WideDatatype>,
  length: number,
): Exclude<NumericData, WideData>;
export function allocate(datatype: NumericDatatype, length: number): NumericData;
export function allocate(datatype: NumericDatatype, length: number): NumericData {
  return new STORAGE[datatype](length);
}

/** Bytes of one element in the binary forms of the protocol. */
export function elementBytes(datatype: NumericDatatype): number {
  return STORAGE[datatype].BYTES_PER_ELEMENT;
}

/** Least and greatest value of the integer datatypes. */
export const INTEGER_RANGES: Readonly<Partial<Record<Datatype, readonly [bigint, bigint]>>> = {
  UINT8: [0n, 2n ** 8n - 1n],
  UINT16: [0n, 2n ** 16n - 1n],
  UINT32: [0n, 2n ** 32n - 1n],
  UINT64: [0n, 2n ** 64n - 1n],
  INT8: [-(2n ** 7n), 2n ** 7n - 1n],
  INT16: [-(2n ** 15n), 2n ** 15n - 1n],
  INT32: [-(2n ** 31n), 2n ** 31n - 1n],
  INT64: [-(2n ** 63n), 2n ** 63n - 1n],
};

export function isWide(datatype: Datatype): datatype is WideDatatype {
  return datatype === "INT64" || datatype === "UINT64";
}

/** Elements of a tensor of this shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
