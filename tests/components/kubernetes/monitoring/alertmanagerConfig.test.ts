import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import {
  type AlertReceivers,
  alertmanagerConfig,
} from "../../../../components/kubernetes/monitoring/alertmanagerConfig";
import { describeWithTool } from "../../../support/installedTool";
import { temporaryFolder } from "../../../support/temporaryFolder";

const FOLDER = "/etc/alertmanager/secrets/receivers";
const BOTH: AlertReceivers = { slack: { channel: "#ml-alerts" }, pagerDuty: true };

test("addresses and keys are read from files", () => {
  const text = JSON.stringify(alertmanagerConfig(BOTH, FOLDER));
  expect(text).toContain('"api_url_file":"/etc/alertmanager/secrets/receivers/slack-url"');
  expect(text).toContain('"routing_key_file":"/etc/alertmanager/secrets/receivers/pagerduty-key"');
});

describeWithTool("amtool", "prometheus-alertmanager", "the configuration in Alertmanager", (amtool) => {
  const folder = temporaryFolder();
  const write = (name: string, receivers: AlertReceivers) => {
    const path = join(folder, `${name}.yaml`);
    writeFileSync(path, dump(alertmanagerConfig(receivers, FOLDER)));
    return path;
  };

  test.each<[string, AlertReceivers, number]>([
    ["nobody", {}, 1],
    ["Slack", { slack: { channel: "#ml" } }, 2],
    ["PagerDuty", { pagerDuty: true }, 2],
    ["both", BOTH, 3],
  ])("it takes receivers: %s", async (name, receivers, count) => {
    const { code, output } = await amtool("check-config", write(name, receivers));
    expect([code, output]).toEqual([0, expect.stringContaining(` - ${count} receivers`)]);
  });

  test.each<[string, AlertReceivers, readonly string[], string]>([
    ["a critical alert", BOTH, ["alertname=ServiceDown", "severity=critical"], "pagerduty,slack"],
    ["a warning", BOTH, ["alertname=DataDriftDetected", "severity=warning"], "slack"],
    ["the stack's proof of life", BOTH, ["alertname=Watchdog", "severity=none"], "nobody"],
    ["a critical alert without Slack", { pagerDuty: true }, ["severity=critical"], "pagerduty,nobody"],
    ["a critical alert without PagerDuty", { slack: { channel: "#ml" } }, ["severity=critical"], "slack"],
  ])("it routes %s", async (name, receivers, labels, to) => {
    const path = write(name.replaceAll(" ", "-"), receivers);
    const { code, output } = await amtool("config", "routes", "test", `--config.file=${path}`, ...labels);
    expect([code, output.split("\n")[0]]).toEqual([0, to]);
  });
});
