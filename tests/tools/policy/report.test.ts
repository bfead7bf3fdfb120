import { RULES } from "../../../policies/rules";
import { isUndecided, reportOf, violationsOf } from "../../../tools/policy/report";

const NOTE =
  "can't run policy 'iam-no-wildcard-actions' from policy pack 'tideline@v0.1.0' during preview: string value at .policy can't be known during preview";
const finding = (policyName: string, message: string) => ({
  policyName,
  message,
  enforcementLevel: "advisory",
  resourceUrn: "urn:pulumi:prod::tideline::aws:s3/bucket:Bucket::models",
});
const levelsIn = (environment: "dev" | "prod", ...violations: ReturnType<typeof finding>[]) => {
  const { findings, passed } = reportOf({ stack: "s", environment }, RULES, violations);
  return { levels: findings.map(({ rule, level }) => `${rule} ${level}`), passed };
};

test("a finding takes its level from its rule and the environment, not from the engine", () => {
  const found = [finding("rds-encrypted", "t\nx"), finding("rds-multi-zone", "t\ny")];
  expect(levelsIn("prod", ...found)).toEqual({
    levels: ["rds-encrypted mandatory", "rds-multi-zone mandatory"],
    passed: false,
  });
  expect(levelsIn("dev", ...found)).toEqual({ levels: ["rds-encrypted advisory"], passed: true });
});

test("a rule that could not be run is no pass where it must hold", () => {
  expect(isUndecided(finding("iam-no-wildcard-actions", NOTE))).toBe(true);
  expect(levelsIn("prod", finding("iam-no-wildcard-actions", NOTE))).toEqual({
    levels: ["iam-no-wildcard-actions undecided"],
    passed: false,
  });
  expect(levelsIn("dev", finding("iam-no-wildcard-actions", NOTE)).passed).toBe(true);
});

test("an expired exception fails everywhere, an unused one is told", () => {
  expect(levelsIn("dev", finding("exception-expired", "t\nx"), finding("exception-unused", "t\ny"))).toEqual({
    levels: ["exception-expired mandatory", "exception-unused advisory"],
    passed: false,
  });
});

test("a finding says what, why and how, the gravest first", () => {
  const low = finding("aws-tags", "AWS resources say whose they are.\ntags lacks Stack.\n");
  const high = finding("s3-bucket-settings", "Every bucket.\nThe bucket models has no policy.\n");
  const { findings, rules } = reportOf({ stack: "s", environment: "prod" }, RULES, [low, high]);
  expect(findings.map(({ problem }) => problem)).toEqual(["The bucket models has no policy.", "tags lacks Stack."]);
  expect(findings[1]).toMatchObject({
    why: "A bill without tags is nobody's, and so is a leak.",
    fix: "Set the provider's defaultTags, or tags.",
  });
  expect(rules).toBe(RULES.length);
});

test("an output that is a secret in plain text is found beside what the pack found", () => {
  const outputs = { databasePassword: "hush", url: "https://models.example.com" };
  const violations = violationsOf({ violations: [finding("rds-multi-zone", "t\nx")], outputs });
  const { findings, passed } = reportOf({ stack: "s", environment: "dev" }, RULES, violations);
  expect(passed).toBe(false);
  expect(findings[0]).toMatchObject({
    rule: "output-not-plaintext",
    level: "mandatory",
    severity: "critical",
    problem: "Output databasePassword is not marked as secret, and databasePassword is a secret's name.",
  });
});
