import { inferText } from "../../../services/serving/inferText";
import { type Tensor, takeRows } from "../../../services/serving/tensor";

const card = { name: "toy", version: "3" };
const text = (...outputs: Tensor[]) => inferText({ card, id: undefined, outputs });

describe("inferText", () => {
  it("keeps 64-bit integers exact", () => {
    const data = BigInt64Array.of(9007199254740993n, -9223372036854775808n);
    expect(text({ name: "big", datatype: "INT64", shape: [2], data })).toBe(
      '{"model_name":"toy","model_version":"3","outputs":[{"name":"big","shape":[2],"datatype":"INT64","data":[9007199254740993,-9223372036854775808]}]}',
    );
  });

  it("writes booleans and texts as JSON has them, and echoes the id", () => {
    const outputs: Tensor[] = [
      { name: "yes", datatype: "BOOL", shape: [2, 1], data: Uint8Array.of(1, 0) },
      { name: "word", datatype: "BYTES", shape: [1], data: ['a "b"'] },
    ];
    expect(JSON.parse(inferText({ card, id: "é", outputs }))).toEqual({
      model_name: "toy",
      model_version: "3",
      id: "é",
      outputs: [
        { name: "yes", shape: [2, 1], datatype: "BOOL", data: [true, false] },
        { name: "word", shape: [1], datatype: "BYTES", data: ['a "b"'] },
      ],
    });
  });

  it("refuses what JSON cannot say", () => {
    expect(() => text({ name: "x", datatype: "FP32", shape: [2], data: Float32Array.of(1, Number.NaN) })).toThrow(
      "The model's output x is NaN, not a finite number, for these inputs. Check their magnitudes.",
    );
  });
});

describe("takeRows", () => {
  it("cuts rows of any width out of a batch, in storage of their own", () => {
    const data = Float32Array.from({ length: 12 }, (_, index) => index);
    const batch: Tensor = { name: "x", datatype: "FP32", shape: [3, 2, 2], data };
    const taken = takeRows(batch, 1, 2);
    data.fill(-1);
    expect(taken).toEqual({ ...batch, shape: [2, 2, 2], data: Float32Array.of(4, 5, 6, 7, 8, 9, 10, 11) });
  });
});
