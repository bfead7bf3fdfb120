import type { Datatype } from "../../../../services/serving/tensor";
import { readJsonData } from "../../../../services/serving/tensors/jsonData";

const read = (datatype: Datatype, data: unknown, shape = [Array.isArray(data) ? data.length : 1]) =>
  readJsonData({ data, shape, datatype, path: "d" });
const at = (seen: string) => `d, element 1 in row-major order, is ${seen}`;

const TEXT = "Allowed: a text without U+0000 and halves of surrogate pairs.";

describe("readJsonData", () => {
  it.each<[Datatype, unknown[], unknown]>([
    ["BOOL", [true, false], Uint8Array.of(1, 0)],
    ["UINT8", [0, 255], Uint8Array.of(0, 255)],
    ["UINT16", [0, 65535], Uint16Array.of(0, 65535)],
    ["UINT32", [0, 4294967295], Uint32Array.of(0, 4294967295)],
    ["UINT64", [0, 18446744073709551615n], BigUint64Array.of(0n, 18446744073709551615n)],
    ["INT8", [-128, 127], Int8Array.of(-128, 127)],
    ["INT16", [-32768, 32767], Int16Array.of(-32768, 32767)],
    ["INT32", [-2147483648, 2147483647], Int32Array.of(-2147483648, 2147483647)],
    ["INT64", [-9223372036854775808n, 2 ** 53], BigInt64Array.of(-9223372036854775808n, 9007199254740992n)],
    ["FP16", [0.1, 65504], Uint16Array.of(0x2e66, 0x7bff)],
    ["FP32", [0.1, 9007199254740993n], Float32Array.of(0.1, 2 ** 53)],
    ["FP64", [0.1, 1e308], Float64Array.of(0.1, 1e308)],
    ["BYTES", ["", "é"], ["", "é"]],
  ])("reads %s", (datatype, data, expected) => {
    expect(read(datatype, data)).toEqual(expected);
    expect(read(datatype, [data], [1, 2])).toEqual(expected);
    expect(read(datatype, [[[data[0]], [data[1]]]], [1, 2, 1])).toEqual(expected);
  });

  it.each<[Datatype, unknown[], string]>([
    ["BOOL", [true, 1], `${at("1")}. Allowed: true or false.`],
    ["UINT8", [0, -1], `${at("-1")}. Allowed for UINT8: a whole number from 0 to 255.`],
    [
      "UINT64",
      [0, 2n ** 64n],
      `${at("18446744073709551616")}. Allowed for UINT64: a whole number from 0 to 18446744073709551615.`,
    ],
    [
      "INT64",
      [0, 2 ** 63],
      `${at("9223372036854776000")}. Allowed for INT64: a whole number from -9223372036854775808 to 9223372036854775807.`,
    ],
    ["INT16", [0, true], `${at("true")}. Allowed: a number.`],
    ["FP16", [0, 65520], `${at("65520")}. Allowed: a finite number that FP16 can hold (up to 65504).`],
    ["FP16", [0, 1e300], `${at("1e+300")}. Allowed: a finite number that FP16 can hold (up to 65504).`],
    ["FP64", [0, Number.POSITIVE_INFINITY], `${at("Infinity")}. Allowed: a finite number that FP64 can hold.`],
    ["FP64", [0, "NaN"], `${at('"NaN"')}. Allowed: a number.`],
    ["BYTES", ["a", 1], `${at("1")}. ${TEXT}`],
    ["BYTES", ["a", "\ud800"], `${at('"\\ud800"')}. ${TEXT}`],
    ["BYTES", ["a", "b\0"], `${at('"b\\u0000"')}. ${TEXT}`],
  ])("refuses what %s cannot hold", (datatype, data, message) => {
    expect(() => read(datatype, data)).toThrow(expect.objectContaining({ status: 400, message }));
  });

  it("does not walk deeper than the shape, however deep the data", () => {
    const deep = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`);
    expect(() => read("FP32", deep, [1, 1])).toThrow(
      "d, element 0 in row-major order, is an array of 1. Allowed: a number.",
    );
  });
});
