/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import fc from "fast-check";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { fitLogisticRegression, predictProbabilities } from "../../../services/training/logisticRegression";
import { encodeClassifier, ONNX_IR_VERSION, ONNX_OPSET } from "../../../services/training/onnxClassifier";
import { breastCancer } from "../../support/breastCancer";

describe("encodeClassifier", () => {
  const model = fitLogisticRegression(breastCancer());
  const bytes = encodeClassifier(model);
  let session: InferenceSession;

  beforeAll(async () => {
    session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 });
  });
  afterAll(() => session.release());

  it("states its inputs and outputs", () => {
    expect(session.inputMetadata).toEqual([
      { name: "features", isTensor: true, type: "float32", shape: ["batch", 30] },
    ]);
    expect(session.outputMetadata).toEqual([
      { name: "label", isTensor: true, type: "int64", shape: ["batch"] },
      { name: "probabilities", isTensor: true, type: "float32", shape: ["batch", 2] },
    ]);
    // Fields 1 (IR version) and 8 (operator set) of the model message, as the wire has them.
    expect([...bytes.subarray(0, 2)]).toEqual([0x08, ONNX_IR_VERSION]);
    expect(Buffer.from(bytes).includes(Buffer.from([0x42, 0x04, 0x0a, 0x00, 0x10, ONNX_OPSET]))).toBe(true);
  });

  it("has the same bytes for the same model", () => {
    expect(Buffer.from(encodeClassifier(model)).equals(bytes)).toBe(true);
  });

  it("answers as the plain functions do, for any batch", async () => {
    const deviation = fc.double({ min: -6, max: 6, noNaN: true });
    const row = fc
      .array(deviation, { minLength: 30, maxLength: 30 })
      .map((deviations) =>
        deviations.map((value, column) =>
          Math.fround((model.means[column] ?? 0) + value * (model.scales[column] ?? 1)),
        ),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 17 }), async (rows) => {
        const features = new Tensor("float32", Float32Array.from(rows.flat()), [rows.length, 30]);
        const outputs = await session.run({ features });
        const labels = outputs.label?.data;
        const found = outputs.probabilities?.data as Float32Array;
        expect(outputs.probabilities?.dims).toEqual([rows.length, 2]);
        for (const [index, expected] of predictProbabilities(model, rows).entries()) {
          const [zero = Number.NaN, one = Number.NaN] = found.subarray(index * 2, index * 2 + 2);
          expect(Math.abs(one - expected)).toBeLessThan(2e-5);
          expect(Math.abs(zero + one - 1)).toBeLessThan(1e-6);
          expect(labels?.[index]).toBe(one > zero ? 1n : 0n);
        }
      }),
    );
  });
});
