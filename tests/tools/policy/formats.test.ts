import { FORMATS } from "../../../tools/policy/formats";
import type { PolicyReport } from "../../../tools/policy/report";

const REPORT: PolicyReport = {
  stack: "prod",
  environment: "prod",
  rules: 3,
  findings: [
    {
      rule: "rds-encrypted",
      level: "mandatory",
      severity: "critical",
      urn: "urn:pulumi:prod::tideline::tideline:aws:Database$aws:rds/instance:Instance::aws-database",
      problem: 'storageEncrypted is "no" & wrong.',
      why: "Because.",
      fix: "Set it.",
    },
    { rule: "aws-tags", level: "advisory", severity: "low", urn: "", problem: "p", why: "w", fix: "f" },
  ],
  passed: false,
};

test("a table for people", () => {
  expect(FORMATS.table(REPORT)).toBe(
    [
      "mandatory  critical  rds-encrypted  aws:rds/instance:Instance aws-database",
      '                                      storageEncrypted is "no" & wrong.',
      "                                      Why: Because.",
      "                                      Fix: Set it.",
      "advisory   low       aws-tags",
      "                                      p",
      "                                      Why: w",
      "                                      Fix: f",
      "Stack prod (prod) does not pass 3 rules: 1 mandatory, 0 undecided, 1 advisory.",
    ].join("\n"),
  );
  expect(FORMATS.table({ ...REPORT, findings: [], passed: true })).toBe(
    "Stack prod (prod) passes 3 rules: 0 mandatory, 0 undecided, 0 advisory.",
  );
});

test("JSON is the report itself", () => expect(JSON.parse(FORMATS.json(REPORT))).toEqual(REPORT));

test("SARIF 2.1.0 with a rule, a level and a place for each result", () => {
  const { version, runs } = JSON.parse(FORMATS.sarif(REPORT));
  expect(version).toBe("2.1.0");
  expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(["rds-encrypted", "aws-tags"]);
  expect(runs[0].results[0]).toMatchObject({
    ruleId: "rds-encrypted",
    level: "error",
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: "Pulumi.prod.yaml" } },
        logicalLocations: [{ name: "aws:rds/instance:Instance aws-database" }],
      },
    ],
  });
  expect(runs[0].results[1].level).toBe("note");
});

test("JUnit counts failures and escapes texts", () => {
  const xml = FORMATS.junit(REPORT);
  expect(xml).toContain('<testsuite name="policies of prod" tests="3" failures="1" skipped="1">');
  expect(xml).toContain('<failure message="storageEncrypted is &quot;no&quot; &amp; wrong. Set it."/>');
  expect(xml).toContain('<skipped message="p f"/>');
});
