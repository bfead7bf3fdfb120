import { PredictionRows } from "../../../../services/serving/predictionLog/predictionRows";
import { classifierPackage } from "../../../support/onnxModels";

const { card } = classifierPackage(2, { features: ["age", "AGE"], pii: ["age"] });
const OUTPUTS = [{ data: [1n, 0n] }, { data: Float32Array.of(0.25, 0.75, 0.5, 0.5) }] as never;

it("has a column for each feature and each number of the outputs, named apart whatever their case", () => {
  expect(new PredictionRows(card, 1).columns).toEqual([
    "age",
    "AGE_2",
    "_label",
    "_probabilities_0",
    "_probabilities_1",
  ]);
  const clash = { ...card, features: ["_time", "_label"] };
  expect(new PredictionRows(clash, 1).columns.slice(0, 3)).toEqual(["_time_2", "_label", "_label_2"]);
});

it("leaves out texts and outputs that are not of rows", () => {
  const outputs = [
    { name: "text", datatype: "BYTES", shape: [-1] },
    { name: "fixed", datatype: "FP32", shape: [1, 2] },
    { name: "picture", datatype: "FP32", shape: [-1, 1000] },
    { name: "open", datatype: "FP32", shape: [-1, -1] },
  ] as const;
  const rows = new PredictionRows(
    { ...card, outputs: outputs.map((each) => ({ ...each, shape: [...each.shape] })) },
    1,
  );
  expect(rows.columns).toEqual(["age", "AGE_2"]);
});

it("takes rows without what is personal, up to its limit", () => {
  const rows = new PredictionRows(card, 100);
  for (let time = 0; !rows.full; time++) {
    const taken = { features: [41, 42, 43, time], rows: 2, outputs: OUTPUTS, firstRow: 0, requestId: "r" };
    rows.take({ ...taken, requestId: time === 3 ? "x".repeat(129) : `r${time}` }, 1);
  }
  expect(rows.length).toBe(100);
  expect(rows.ids.slice(2, 5)).toEqual(["r2", "", "r4"]);
  expect(rows.columns.map((_, column) => rows.values(column, 98, 100))).toEqual([
    [null, null],
    [98, 99],
    [0, 0],
    [0.5, 0.5],
    [0.5, 0.5],
  ]);
});
