import type { ModelCard } from "../../../../services/runtime/modelPackage";
import type { Tensor } from "../../../../services/serving/tensor";
import { agreementOf } from "../../../../services/serving/traffic/compareAnswers";
import { classifierPackage } from "../../../support/onnxModels";

const { card } = classifierPackage(1);
const scores = (...rows: [number, number][]): Tensor => ({
  name: "probabilities",
  datatype: "FP32",
  shape: [rows.length, 2],
  data: Float32Array.from(rows.flat()),
});
const labels = (...values: bigint[]): Tensor => ({
  name: "label",
  datatype: "INT64",
  shape: [values.length],
  data: BigInt64Array.from(values),
});

describe("agreement", () => {
  it("is the same class for classifiers, by label or by the greatest probability", () => {
    const [label, probabilities] = card.outputs;
    const only = { ...card, outputs: probabilities === undefined ? [] : [probabilities] };
    const agree = agreementOf(card, only, 0);
    const first = [labels(1n, 0n), scores([0.4, 0.6], [0.9, 0.1])];
    expect(label?.name).toBe("label");
    expect(agree(first, 0, [scores([0.9, 0.1], [0.1, 0.9])], 1)).toBe(true);
    expect(agree(first, 0, [scores([0.9, 0.1], [0.1, 0.9])], 0)).toBe(false);
    expect(agree(first, 1, [scores([0.9, 0.1], [0.1, 0.9])], 0)).toBe(true);
  });

  it("is every output for others: numbers within the tolerance, all else equal", () => {
    const regressor: ModelCard = { ...card, task: "regression", classes: [] };
    const agree = agreementOf(regressor, regressor, 0.01);
    expect(agree([scores([100, 1])], 0, [scores([100.9, 1.009])], 0)).toBe(true);
    expect(agree([scores([100, 1])], 0, [scores([101.1, 1])], 0)).toBe(false);
    expect(agree([labels(7n)], 0, [labels(7n)], 0)).toBe(true);
    expect(agree([labels(7n)], 0, [labels(8n)], 0)).toBe(false);
    expect(agree([labels(7n)], 0, [scores([7, 7])], 0)).toBe(false);
    expect(agree([scores([Number.NaN, 1])], 0, [scores([Number.NaN, 1])], 0)).toBe(true);
    expect(agree([scores([Number.NaN, 1])], 0, [scores([0, 1])], 0)).toBe(false);
  });
});
