import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RULES_BY_SUBJECT } from "../../../policies/rules";
import { policiesDocument } from "../../../tools/policy/document";

test("docs/policies.md lists every rule as it is", () => {
  const written = readFileSync(join(__dirname, "../../../docs/policies.md"), "utf8");
  // Outdated? npm run policy -- --document
  expect(written).toBe(policiesDocument(RULES_BY_SUBJECT));
});
