import { isUtf8 } from "node:buffer";
import type { Datatype, Tensor, TensorData } from "../tensor";
import { badRequest } from "./badRequest";
import { allocate, elementBytes, elementCount } from "./datatypes";

/** Every BYTES element is preceded by its length. */
const LENGTH_BYTES = 4;

export interface BinaryDataArgs {
  readonly bytes: Uint8Array;
  readonly shape: readonly number[];
  readonly datatype: Datatype;
  /** Where the tensor stands in the request, for messages. */
  readonly path: string;
}

/**
 * Reads a tensor's elements from the bytes of the protocol's binary forms: little-endian, row-major, no padding; BOOL
 * a byte each, BYTES each a length of 32 bits and that many bytes. The result has storage of its own.
 * @throws {ServiceError} 400 when the bytes are not just those of the shape, or no truth values or UTF-8 texts.
 */
export function readBinaryData({ bytes, shape, datatype, path }: BinaryDataArgs): TensorData {
  const count = elementCount(shape);
  if (datatype === "BYTES") return readTexts(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), count, path);
  const expected = count * elementBytes(datatype);
  if (bytes.length !== expected) {
    throw badRequest(`${path} has ${bytes.length} bytes. ${datatype} of shape [${shape}] takes ${expected}.`);
  }
  const data = allocate(datatype, count);
  new Uint8Array(data.buffer).set(bytes);
  if (datatype === "BOOL") {
    const index = bytes.findIndex((byte) => byte > 1);
    if (index !== -1) throw badRequest(`${path}, byte ${index}, is ${bytes[index]}. Allowed for BOOL: 0 or 1.`);
  }
  return data;
}

function readTexts(bytes: Buffer, count: number, path: string): string[] {
  const texts: string[] = [];
  let offset = 0;
  while (offset < bytes.length && texts.length < count) {
    const start = offset + LENGTH_BYTES;
    const end = start <= bytes.length ? start + bytes.readUInt32LE(offset) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) {
      throw badRequest(`${path} ends within its element ${texts.length}. Each is a length of 4 bytes and its bytes.`);
    }
    texts.push(readText(bytes.subarray(start, end), `${path}, element ${texts.length}`));
    offset = end;
  }
  if (texts.length === count && offset === bytes.length) return texts;
  const found = texts.length < count ? `${texts.length} elements` : `${bytes.length - offset} bytes too many`;
  throw badRequest(`${path} has ${found}. The shape asks for ${count} elements.`);
}

/**
 * One BYTES element as the text that a model sees.
 * @throws {ServiceError} 400 when it is no UTF-8 or has U+0000 in it.
 */
export function readText(bytes: Uint8Array, path: string): string {
  // ONNX Runtime takes texts: other bytes would be replaced without a word, and onnxruntime-node cuts at U+0000.
  if (!isUtf8(bytes) || bytes.includes(0)) {
    throw badRequest(`${path} is no UTF-8 text, or has U+0000 in it. This server's models take texts without it.`);
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
}

/** A tensor's elements in the protocol's binary form; a view of the tensor's own storage where that is the same. */
export function writeBinaryData({ datatype, data }: Pick<Tensor, "datatype" | "data">): Buffer {
  if (datatype !== "BYTES") {
    const { buffer, byteOffset, byteLength } = data as Exclude<TensorData, readonly string[]>;
    return Buffer.from(buffer, byteOffset, byteLength);
  }
  const parts: Buffer[] = [];
  for (const text of data as readonly string[]) {
    const bytes = Buffer.from(text, "utf8");
    const length = Buffer.allocUnsafe(LENGTH_BYTES);
    length.writeUInt32LE(bytes.length);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}
