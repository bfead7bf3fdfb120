import type { ModelCard } from "../../../services/runtime/modelPackage";
import { predictionWriter } from "../../../services/serving/predictionText";
import type { Tensor } from "../../../services/serving/tensor";
import { classifierPackage } from "../../support/onnxModels";

const card = (change: Partial<ModelCard> = {}) => classifierPackage(2, change).card;
const label: Tensor = { name: "label", datatype: "INT64", shape: [2], data: BigInt64Array.of(1n, 0n) };
const scores: Tensor = {
  name: "probabilities",
  datatype: "FP32",
  shape: [2, 2],
  data: Float32Array.of(0.75, 0.25, 0.5, 0.5),
};
const request = { requestIdText: '"a"', driftDetected: true };

describe("predictionWriter", () => {
  it("writes the row that it is told", () => {
    const write = predictionWriter(card());
    const outputs = [label, scores];
    expect(JSON.parse(write({ outputs, row: 0, ...request }))).toEqual({
      prediction: 1,
      probabilities: [0.75, 0.25],
      model_version: "1",
      request_id: "a",
      drift_detected: true,
    });
    expect(JSON.parse(write({ outputs, row: 1, ...request, requestIdText: '"\\""' }))).toMatchObject({
      prediction: 0,
      probabilities: [0.5, 0.5],
      request_id: '"',
    });
  });

  it("takes the most probable class, the first of equals, of a model that gives none", () => {
    const write = predictionWriter(card({ outputs: [{ name: "probabilities", datatype: "FP32", shape: [-1, 2] }] }));
    const data = Float32Array.of(0.25, 0.75, 0.5, 0.5);
    const predictions = [0, 1].map(
      (row) => JSON.parse(write({ outputs: [{ ...scores, data }], row, ...request })).prediction,
    );
    expect(predictions).toEqual([1, 0]);
  });

  it("tells how sure the model is: its greatest probability", () => {
    const seen: number[] = [];
    const confidence = { observe: (probability: number) => seen.push(probability) };
    const write = predictionWriter(card());
    for (const row of [0, 1]) write({ outputs: [label, scores], row, ...request, confidence });
    expect(seen).toEqual([0.75, 0.5]);
  });

  it("gives a regressor's number", () => {
    const value = { name: "value", datatype: "FP64" as const, shape: [-1, 1] };
    const write = predictionWriter(card({ task: "regression", classes: [], outputs: [value] }));
    const outputs = [{ ...value, shape: [2, 1], data: Float64Array.of(1, -2.5e-7) }];
    expect(JSON.parse(write({ outputs, row: 1, ...request }))).toMatchObject({
      prediction: -2.5e-7,
      probabilities: [],
    });
  });

  it.each([Number.NaN, Infinity, -Infinity])("refuses to answer %d", (value) => {
    const outputs = [label, { ...scores, data: Float32Array.of(value, 0, 0, 1) }];
    const write = predictionWriter(card());
    expect(() => write({ outputs, row: 0, ...request })).toThrow(
      `The model's answer to these features is ${value}, not a finite number. Check the features' magnitudes.`,
    );
    expect(JSON.parse(write({ outputs, row: 1, ...request })).probabilities).toEqual([0, 1]);
  });

  it("refuses a model without an output that is a prediction", () => {
    expect(() => predictionWriter(card({ classes: ["a", "b", "c"] }))).toThrow(
      "The model toy/1 gives label INT64 [-1], probabilities FP32 [-1,2]. For classification with 3 classes /predict needs an output FP32 [-1,3].",
    );
  });
});
