/** A 64-bit integer as protobufjs decodes it. */
export interface Int64 {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

/** Requests and responses of the protocol, by their names in inferenceProto.ts; fields that are left out are empty. */
export interface NamedModel {
  readonly name: string;
  readonly version: string;
}

export interface TensorContents {
  readonly bool_contents?: readonly boolean[];
  readonly int_contents?: readonly number[];
  readonly int64_contents?: readonly Int64[];
  readonly uint_contents?: readonly number[];
  readonly uint64_contents?: readonly Int64[];
  readonly fp32_contents?: readonly number[];
  readonly fp64_contents?: readonly number[];
  readonly bytes_contents?: readonly Uint8Array[];
}

export interface InferInputTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly Int64[];
  readonly contents?: TensorContents | null;
}

/** One of them is set. */
export interface InferParameter {
  readonly bool_param?: boolean;
  readonly int64_param?: Int64 | null;
  readonly string_param?: string;
  readonly double_param?: number;
  readonly uint64_param?: Int64 | null;
}

export interface ModelInferRequest {
  readonly model_name: string;
  readonly model_version: string;
  readonly id: string;
  readonly parameters: Readonly<Record<string, InferParameter>>;
  readonly inputs: readonly InferInputTensor[];
  readonly outputs: readonly { readonly name: string }[];
  readonly raw_input_contents: readonly Uint8Array[];
}

export interface InferOutputTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly contents?: TensorContents;
}

export interface ModelInferResponse {
  readonly model_name: string;
  readonly model_version: string;
  readonly id: string;
  readonly outputs: readonly InferOutputTensor[];
  readonly raw_output_contents: readonly Uint8Array[];
}

export interface RepositoryModelRequest {
  readonly model_name: string;
  readonly parameters: Readonly<Record<string, { readonly string_param?: string }>>;
}

/** Exact. */
export function toBigInt({ low, high, unsigned }: Int64): bigint {
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return unsigned ? bits : BigInt.asIntN(64, bits);
}

/** Exact, of the 64 bits of `value`. */
export function fromBigInt(value: bigint, unsigned: boolean): Int64 {
  const bits = BigInt.asUintN(64, value);
  return { low: Number(bits & 0xffffffffn) | 0, high: Number(bits >> 32n) | 0, unsigned };
}
