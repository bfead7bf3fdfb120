import type { Datatype } from "../../../../services/serving/tensor";
import { readBinaryData, writeBinaryData } from "../../../../services/serving/tensors/binaryData";

const read = (datatype: Datatype, hex: string, shape = [2]) =>
  readBinaryData({ bytes: Buffer.from(hex, "hex"), shape, datatype, path: "d" });

const NO_TEXT = "is no UTF-8 text, or has U+0000 in it. This server's models take texts without it.";

describe("binary tensors", () => {
  it.each<[Datatype, string, ReturnType<typeof read>]>([
    ["BOOL", "0100", Uint8Array.of(1, 0)],
    ["UINT8", "00ff", Uint8Array.of(0, 255)],
    ["UINT16", "0100ffff", Uint16Array.of(1, 65535)],
    ["UINT32", "0100000000000080", Uint32Array.of(1, 2 ** 31)],
    ["UINT64", "0100000000002000ffffffffffffffff", BigUint64Array.of(9007199254740993n, 2n ** 64n - 1n)],
    ["INT8", "ff7f", Int8Array.of(-1, 127)],
    ["INT16", "ffff0080", Int16Array.of(-1, -32768)],
    ["INT32", "ffffffff00000080", Int32Array.of(-1, -(2 ** 31))],
    ["INT64", "ffffffffffffffff0000000000000080", BigInt64Array.of(-1n, -(2n ** 63n))],
    ["FP16", "003c007c", Uint16Array.of(0x3c00, 0x7c00)],
    ["FP32", "0000803f0000c07f", Float32Array.of(1, Number.NaN)],
    ["FP64", "000000000000f03f000000000000f0ff", Float64Array.of(1, Number.NEGATIVE_INFINITY)],
    ["BYTES", "02000000c3a900000000", ["é", ""]],
  ])("%s both ways", (datatype, hex, data) => {
    expect(read(datatype, hex)).toEqual(data);
    expect(writeBinaryData({ datatype, data }).toString("hex")).toBe(hex);
  });

  it.each<[Datatype, string, string]>([
    ["FP32", "0000803f", "d has 4 bytes. FP32 of shape [2] takes 8."],
    ["INT8", "010203", "d has 3 bytes. INT8 of shape [2] takes 2."],
    ["BOOL", "0102", "d, byte 1, is 2. Allowed for BOOL: 0 or 1."],
    ["BYTES", "0100000061", "d has 1 elements. The shape asks for 2 elements."],
    ["BYTES", "010000006100000000ff", "d has 1 bytes too many. The shape asks for 2 elements."],
    ["BYTES", "0200000061", "d ends within its element 0. Each is a length of 4 bytes and its bytes."],
    ["BYTES", "0100000061ffffff", "d ends within its element 1. Each is a length of 4 bytes and its bytes."],
    ["BYTES", "0100000061ffffffff", "d ends within its element 1. Each is a length of 4 bytes and its bytes."],
    ["BYTES", "01000000ff00000000", `d, element 0 ${NO_TEXT}`],
    ["BYTES", "01000000610100000000", `d, element 1 ${NO_TEXT}`],
  ])("refuses %s %s", (datatype, hex, message) => {
    expect(() => read(datatype, hex)).toThrow(expect.objectContaining({ status: 400, message }));
  });

  it("reads from any place in a buffer, into storage of its own", () => {
    const bytes = Buffer.from("ff0000803f00000040", "hex").subarray(1);
    const data = readBinaryData({ bytes, shape: [2], datatype: "FP32", path: "d" });
    bytes.fill(0);
    expect(data).toEqual(Float32Array.of(1, 2));
  });
});
