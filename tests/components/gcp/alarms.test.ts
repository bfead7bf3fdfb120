import { GcpAlarms, type GcpAlarmsArgs } from "../../../components/gcp/alarms";
import { GcpSecrets } from "../../../components/gcp/secrets";
import { place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { unwrap } from "../../support/pulumiMocks";

type Changes = Partial<Omit<GcpAlarmsArgs, "key" | "projectNumber">>;
const CHANNEL = "gcp:monitoring/notificationChannel:NotificationChannel";

function build(changes: Changes = {}) {
  return () => {
    const { keys, projectNumber } = new GcpSecrets("keys", place());
    const watched = { clusterName: "ml", databaseId: "p:db" };
    return new GcpAlarms("alarms", { ...place(), key: keys.alarms, projectNumber, watched, ...changes });
  };
}

test("every alarm goes to the topic, and none is about what there is not", async () => {
  for (const recording of await recordBoth(build())) {
    const policies = recording.ofType("gcp:monitoring/alertPolicy:AlertPolicy");
    expect(policies.map(({ name }) => name).sort()).toEqual([
      "alarms-database-connections",
      "alarms-database-cpu",
      "alarms-database-disk",
      "alarms-database-down",
      "alarms-node-cpu",
      "alarms-node-memory",
      "alarms-pod-restarts",
    ]);
    for (const { inputs } of policies) expect(inputs.notificationChannels).toHaveLength(1);
    expect(recording.one(CHANNEL).inputs.type).toBe("pubsub");
  }
});

test("people are told by e-mail, PagerDuty, Slack and addresses of their own, whose keys stay secret", async () => {
  const contacts = {
    emails: ["ops@example.com"],
    webhooks: { chat: "https://chat.example.com/key" },
    pagerDutyKey: "k",
    slack: { channel: "#ml", token: "t" },
  };
  const recording = await recordGcp(build({ contacts }));
  expect(
    recording
      .ofType(CHANNEL)
      .map(({ inputs }) => inputs.type)
      .sort(),
  ).toEqual(["email", "pagerduty", "pubsub", "slack", "webhook_tokenauth"]);
  for (const part of ["pagerduty", "slack"]) {
    expect(recording.one(CHANNEL, `alarms-${part}`).secretInputs).toContain("sensitiveLabels");
  }
  const chat = recording.one(CHANNEL, "alarms-webhook-chat");
  expect(chat.inputs.labels).toEqual({ url: "https://chat.example.com/key" });
  expect(chat.secretInputs).toContain("labels");
});

test("the budget speaks at 80 % and 95 %", async () => {
  const recording = await recordGcp(build({ budget: { billingAccount: "012345-6789AB-CDEF01", monthly: 50_000 } }));
  expect(recording.one("gcp:billing/budget:Budget").inputs).toMatchObject({
    amount: { specifiedAmount: { currencyCode: "USD", units: "50000" } },
    thresholdRules: [{ thresholdPercent: 0.8 }, { thresholdPercent: 0.95 }],
  });
});

test("another cloud's endpoint is asked, and missed when it is silent", async () => {
  const recording = await recordGcp(build({ endpoints: { aws: { host: "api.example.com", path: "/health" } } }));
  expect(recording.one("gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig", "alarms-health-aws").inputs).toMatchObject(
    {
      httpCheck: { path: "/health", useSsl: true, validateSsl: true },
    },
  );
  const policy = recording.one("gcp:monitoring/alertPolicy:AlertPolicy", "alarms-health-aws").inputs;
  expect(JSON.stringify(policy.conditions)).toMatch(/check_id = \\"check-\d+\\"/);
});

test("the dashboard has a chart for each alarm", async () => {
  const recording = await recordGcp(build());
  const { mosaicLayout } = JSON.parse(String(recording.one("gcp:monitoring/dashboard:Dashboard").inputs.dashboardJson));
  expect(mosaicLayout.tiles).toHaveLength(7);
  expect(await unwrap(recording.result.topic)).toBe("projects/acme-ml-prod/topics/tideline-prod-alarms");
});

test.each<[Changes, string]>([
  [{ contacts: { emails: ["ops"] } }, 'contacts.emails has "ops", which is no e-mail address.'],
  [
    { budget: { billingAccount: "My account", monthly: 100 } },
    'budget.billingAccount is "My account"; give the account\'s id, such as 012345-6789AB-CDEF01.',
  ],
  [
    { budget: { billingAccount: "012345-6789AB-CDEF01", monthly: 0 } },
    "budget.monthly is 0; allowed are whole units of the currency from 1.",
  ],
  [
    { endpoints: { aws: { host: "https://api.example.com" } } },
    'endpoints.aws.host is "https://api.example.com"; give the host alone, without scheme, port or path.',
  ],
])("%j is refused", async (changes, text) => {
  await expect(recordGcp(build(changes))).rejects.toThrow(`GcpAlarms "alarms" cannot be planned:\n  ${text}`);
});
