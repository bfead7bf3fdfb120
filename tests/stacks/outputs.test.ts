import { OUTPUT_NAMES, parseOutputs } from "../../stacks/outputs";

const outputs = {
  environment: "local",
  servingUrl: "http://127.0.0.1:8080",
  servingDocsUrl: "http://127.0.0.1:8080/docs",
  driftUrl: "http://127.0.0.1:8081",
  driftDocsUrl: "http://127.0.0.1:8081/docs",
  modelName: "breast-cancer",
  modelVersion: "1",
  modelChecksum: "ab",
  modelAccuracy: 0.97,
  modelAuc: 0.99,
  referenceId: "breast-cancer-1",
  modelsUrl: "file:///models",
  databaseUrl: "postgres://postgres@127.0.0.1:5433/postgres",
};

describe("outputs from the command line's JSON", () => {
  test("whole outputs come back typed", () => {
    expect(parseOutputs(JSON.stringify(outputs))).toEqual(outputs);
    expect(Object.keys(outputs)).toEqual(OUTPUT_NAMES);
  });

  test("text that is not JSON says to bring the stack up", () => {
    expect(() => parseOutputs("error: no stack")).toThrow(
      /^The stack's outputs are not JSON \(.*\)\. Bring the stack up first: npm run up\.$/,
    );
  });

  test("every missing or mistyped output is named", () => {
    const { driftUrl: _, ...rest } = outputs;
    expect(() => parseOutputs(JSON.stringify({ ...rest, modelAuc: "high" }))).toThrow(
      "The stack's outputs do not fit. Bring the stack up with this version of Tideline, then read them again.\n" +
        "✖ Invalid input: expected string, received undefined\n  → at driftUrl\n" +
        "✖ Invalid input: expected number, received string\n  → at modelAuc",
    );
  });
});
