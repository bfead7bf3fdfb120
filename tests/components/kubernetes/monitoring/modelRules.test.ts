import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { modelRules } from "../../../../components/kubernetes/monitoring/modelRules";
import { toPrometheusGroups } from "../../../../components/kubernetes/monitoring/rule";
import { ALERT_THRESHOLDS } from "../../../../components/kubernetes/monitoring/thresholds";
import { describeWithTool } from "../../../support/installedTool";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { DRIFT_CASES } from "./driftCases";
import { ERROR_BUDGET_CASES } from "./errorBudgetCases";
import { PREDICTION_CASES } from "./predictionCases";
import type { RuleCase } from "./ruleCase";

const RULE_CASES = [...PREDICTION_CASES, ...DRIFT_CASES, ...ERROR_BUDGET_CASES];
const RUNBOOK = "https://runbooks.example.com/alerts.md";
const groups = modelRules(ALERT_THRESHOLDS);
const alerts = [...new Set(groups.flatMap((group) => group.alerts.map(({ alert }) => alert)))];

test.each(alerts)("%s has a case that fires and one that is silent", (alert) => {
  const cases = RULE_CASES.filter((ruleCase) => ruleCase.alert === alert);
  expect(cases.some(({ fires }) => fires.length > 0)).toBe(true);
  expect(cases.some(({ fires }) => fires.length === 0)).toBe(true);
});

test("thresholds are in the expressions", () => {
  const rules = JSON.stringify(modelRules({ ...ALERT_THRESHOLDS, driftScore: 0.55, availability: 0.9999 }));
  expect(rules).toContain("reference:drift_score:max > 0.55");
  expect(rules).toContain("model:slo_availability_bad:ratio_rate1h > 0.00144 and");
});

describeWithTool("promtool", "prometheus", "model rules in Prometheus", (promtool) => {
  const folder = temporaryFolder();
  const rules = join(folder, "rules.yaml");
  writeFileSync(rules, dump({ groups: toPrometheusGroups(groups, RUNBOOK) }));

  it("accepts them", async () => {
    const count = groups.reduce((sum, group) => sum + group.recordings.length + group.alerts.length, 0);
    const { code, output } = await promtool("check", "rules", rules);
    expect([code, output]).toEqual([0, expect.stringContaining(`SUCCESS: ${count} rules found`)]);
  });

  test.each(RULE_CASES.map((ruleCase, index) => ({ ...ruleCase, index })))("$alert: $says", async (ruleCase) => {
    const path = join(folder, `case-${ruleCase.index}.yaml`);
    writeFileSync(path, dump(ruleTest(groupsOf(folder, ruleCase.alert), ruleCase)));
    expect(await promtool("test", "rules", path)).toEqual({ code: 0, output: expect.stringContaining("SUCCESS") });
  });

  it("finds an alert that should not be", async () => {
    const [first] = RULE_CASES;
    const path = join(folder, "wrong.yaml");
    if (first) writeFileSync(path, dump(ruleTest([rules], { ...first, fires: [] })));
    expect((await promtool("test", "rules", path)).code).toBe(1);
  });
});

/** Only the groups with that alert: evaluating all of them over days takes long. */
function groupsOf(folder: string, alert: string): string[] {
  const found = groups.filter(({ alerts }) => alerts.some((rule) => rule.alert === alert));
  return found.map((group) => {
    const path = join(folder, `${group.name}.yaml`);
    writeFileSync(path, dump({ groups: toPrometheusGroups([group], RUNBOOK) }));
    return path;
  });
}

/** A unit test of `promtool test rules`. */
function ruleTest(rules: readonly string[], { alert, series, at, fires }: RuleCase) {
  return {
    rule_files: rules,
    evaluation_interval: "1m",
    tests: [
      {
        interval: "1m",
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: [
          {
            eval_time: at,
            alertname: alert,
            exp_alerts: fires.map(({ labels, summary, description }) => ({
              exp_labels: labels,
              exp_annotations: { summary, description, runbook_url: `${RUNBOOK}#${alert.toLowerCase()}` },
            })),
          },
        ],
      },
    ],
  };
}

test.each(alerts)("%s has a chapter in the runbook that its address leads to", (alert) => {
  const runbook = readFileSync(join(__dirname, "../../../../docs/runbooks/alerts.md"), "utf8");
  expect(runbook).toContain(`\n## ${alert}\n`);
});
