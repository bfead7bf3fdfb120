import { accepts, toFp32 } from "../../../../services/serving/tensors/convertData";

describe("FP32 inputs", () => {
  it("accept what they can hold and nothing else", () => {
    expect(accepts("FP32", "UINT64")).toBe(true);
    expect(accepts("FP32", "BOOL")).toBe(false);
    expect(accepts("INT32", "INT8")).toBe(false);
    expect(accepts("BYTES", "BYTES")).toBe(true);
  });

  it("take exact values of other datatypes", () => {
    expect(toFp32(BigInt64Array.of(2n ** 60n, -3n), "INT64", "d")).toEqual(Float32Array.of(2 ** 60, -3));
    expect(toFp32(Uint16Array.of(0x3555, 0x7c00), "FP16", "d")).toEqual(Float32Array.of(0.333251953125, Infinity));
    expect(toFp32(Float64Array.of(0.5, Number.NaN, -0), "FP64", "d")).toEqual(Float32Array.of(0.5, Number.NaN, -0));
  });

  it.each([
    ["FP64", Float64Array.of(1, 0.1), "0.1"],
    ["INT64", BigInt64Array.of(1n, 9007199254740993n), "9007199254740993"],
    ["UINT32", Uint32Array.of(1, 16777217), "16777217"],
    ["FP64", Float64Array.of(1, 1e39), "1e+39"],
  ] as const)("refuse %s that would be rounded", (datatype, data, seen) => {
    expect(() => toFp32(data, datatype, "d")).toThrow(
      `d, element 1 in row-major order, is ${seen}, which FP32 cannot hold exactly. Send it as FP32 to have it rounded to the nearest FP32.`,
    );
  });
});
