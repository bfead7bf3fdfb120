import type { ModelCard } from "../../../../services/runtime/modelPackage";
import { type EnsembleStep, planEnsemble, readEnsembleSteps } from "../../../../services/serving/ensemble/ensemblePlan";
import { classifierPackage } from "../../../support/onnxModels";

type Specs = ModelCard["inputs"];
const spec = (name: string, shape = [-1, 3], datatype: Specs[number]["datatype"] = "FP32") => ({
  name,
  datatype,
  shape,
});
const card = (inputs: Specs, outputs: Specs): ModelCard => ({
  ...classifierPackage(3).card,
  name: "all",
  inputs,
  outputs,
});
const step = (name: string, input_map: Record<string, string>, output_map: Record<string, string>) => ({
  step: { model_name: name, model_version: "1", input_map, output_map } satisfies EnsembleStep,
  card: { inputs: [spec("in")], outputs: [spec("out"), spec("more", [-1, 2], "INT64")] },
});
const whole = card([spec("raw")], [spec("answer")]);
const pre = step("pre", { in: "raw" }, { out: "clean" });
const post = step("post", { in: "clean" }, { out: "answer" });
const names = (steps: readonly { step: EnsembleStep }[]) => steps.map((one) => one.step.model_name);

describe("an ensemble's plan", () => {
  it("puts steps into their order, however they are listed", () => {
    expect(names(planEnsemble(whole, [post, pre]))).toEqual(["pre", "post"]);
    expect(names(planEnsemble(whole, [pre, post]))).toEqual(["pre", "post"]);
  });

  it.each([
    [[pre], "has the output answer: no step gives it."],
    [[post], "has no way to go on: post waits for clean."],
    [
      [step("a", { in: "x" }, { out: "y" }), step("b", { in: "y" }, { out: "x" })],
      "has no way to go on: a waits for x; b waits for y.",
    ],
    [
      [pre, post, step("again", { in: "raw" }, { out: "clean" })],
      "has two sources of the tensor clean; name one of them otherwise.",
    ],
    [[step("pre", { in: "raw", other: "raw" }, {})], "names other in the input_map of pre. Allowed: in."],
    [[step("pre", { in: "raw" }, { none: "x" })], "names none in the output_map of pre. Allowed: out, more."],
    [[step("pre", {}, { out: "clean" })], "leaves in out of the input_map of pre."],
    [
      [step("pre", { in: "raw" }, { more: "clean" }), post],
      "hands clean to post's input in: it is INT64 [-1,2], wanted is FP32 [-1,3].",
    ],
    [
      [step("pre", { in: "raw" }, { more: "answer" })],
      "has the output answer: it is INT64 [-1,2], wanted is FP32 [-1,3].",
    ],
  ])("refuses what cannot run, %#", (steps, problem) => {
    expect(() => planEnsemble(whole, steps)).toThrow(`The ensemble all/1 ${problem}`);
  });

  it("refuses an input that no step takes", () => {
    expect(() => planEnsemble(card([spec("raw"), spec("idle")], [spec("answer")]), [pre, post])).toThrow(
      "The ensemble all/1 has the input idle, which no step takes.",
    );
  });

  it("is read in Triton's form, each step with its version", () => {
    const read = (value: unknown) =>
      readEnsembleSteps({ ...classifierPackage(1), model: Buffer.from(JSON.stringify(value)) });
    const given = { model_name: "pre", model_version: 2, input_map: { in: "raw" }, output_map: {} };
    expect(read({ ensemble_scheduling: { step: [given] } })).toEqual([{ ...given, model_version: "2" }]);
    expect(() => read({ ensemble_scheduling: { step: [] } })).toThrow("toy/1/ensemble.json does not fit its schema:\n");
    expect(() => read({ ensemble_scheduling: { step: [{ ...given, model_version: -1 }] } })).toThrow("model_version");
  });
});
