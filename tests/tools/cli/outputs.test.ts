import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { isUrl, shellWord, variableName } from "../../../tools/cli/outputs";

test.each([
  ["servingUrl", "TIDELINE_SERVING_URL"],
  ["modelAuc", "TIDELINE_MODEL_AUC"],
  ["url", "TIDELINE_URL"],
  ["us-east.endpoint", "TIDELINE_US_EAST_ENDPOINT"],
  ["vpcIdEast1", "TIDELINE_VPC_ID_EAST1"],
])("the output %s becomes the variable %s", (output, variable) => {
  expect(variableName(output)).toBe(variable);
});

test("a shell reads back any text as it was", () => {
  const texts = fc
    .sample(fc.string({ unit: "grapheme" }), { numRuns: 200, seed: 1 })
    .map((text) => text.replaceAll("\0", ""));
  const all = ["", "plain", "http://127.0.0.1:8080/x?y=1&z", "it's", '$HOME `id` \\ "', "two\nlines", ...texts];
  const script = `for word in ${all.map(shellWord).join(" ")}; do printf '%s\\0' "$word"; done`;
  expect(execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1)).toEqual(all);
  expect(shellWord("http://127.0.0.1:8080/x")).toBe("http://127.0.0.1:8080/x");
});

test.each([
  ["http://127.0.0.1:8080", true],
  ["https://models.example/", true],
  ["postgres://127.0.0.1/x", false],
  ["[secret]", false],
  [7, false],
])("isUrl(%j) is %s", (value, expected) => {
  expect(isUrl(value)).toBe(expected);
});
