import { writeInferResponse } from "../../../services/serving/inferResponse";
import { type Tensor, takeRows } from "../../../services/serving/tensor";

const card = { name: "toy", version: "3" };
const write = (id: string | undefined, binary: boolean, ...outputs: Tensor[]) =>
  writeInferResponse({ card, id, outputs: outputs.map((tensor) => ({ tensor, binary })) });
const text = (...outputs: Tensor[]) => write(undefined, false, ...outputs).text;

describe("writeInferResponse", () => {
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
    expect(JSON.parse(write("é", false, ...outputs).text)).toEqual({
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
      "The model's output x is NaN, not a finite number, for these inputs. Check their magnitudes, or ask for binary data, which can say it.",
    );
  });

  it("keeps the sign of zero and writes halves as numbers", () => {
    const zeros: Tensor = { name: "z", datatype: "FP64", shape: [3], data: Float64Array.of(0, -0, 0.1) };
    const halves: Tensor = { name: "h", datatype: "FP16", shape: [2], data: Uint16Array.of(0x3c00, 0x8000) };
    expect(text(zeros)).toContain('"data":[0,-0,0.1]}');
    expect(text(halves)).toContain('"data":[1,-0]}');
  });

  it("puts binary tensors after the JSON, NaN and all, in the order of the outputs", () => {
    const outputs: Tensor[] = [
      { name: "x", datatype: "FP32", shape: [1], data: Float32Array.of(Number.NaN) },
      { name: "w", datatype: "BYTES", shape: [2], data: ["é", ""] },
    ];
    const { text, tail } = write("1", true, ...outputs);
    expect(text).toBe(
      '{"model_name":"toy","model_version":"3","id":"1","outputs":[{"name":"x","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}},{"name":"w","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":10}}]}',
    );
    expect(Buffer.concat(tail ?? []).toString("hex")).toBe("0000c07f" + "02000000c3a9" + "00000000");
    expect(write(undefined, false, ...outputs.slice(1)).tail).toBeUndefined();
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
