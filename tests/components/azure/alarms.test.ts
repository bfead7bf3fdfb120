import { AzureAlarms, type AzureAlarmsArgs, alarmsProblems } from "../../../components/azure/alarms";
import { place, recordBoth } from "../../support/azureCloud";

const args: AzureAlarmsArgs = {
  ...place(),
  resourceGroupId: "/subscriptions/00000000-0000-4000-8000-00000000aaaa/resourceGroups/tideline-test",
  watched: {},
  logged: {},
};

test("alarms go to people and to https addresses, which are kept secret, and money is watched", async () => {
  const contacts = { emails: ["ml@example.com"], webhooks: { slack: "https://hooks.example/secret" } };
  const budget = { monthly: 500, startsOn: "2026-12-01" };
  for (const recording of await recordBoth(() => new AzureAlarms("alarms", { ...args, contacts, budget }))) {
    const group = recording.one("azure-native:monitor:ActionGroup");
    expect(group.secretInputs).toEqual(["webhookReceivers"]);
    expect(group.inputs).toMatchObject({
      groupShortName: "tideline",
      emailReceivers: [{ emailAddress: "ml@example.com", useCommonAlertSchema: true }],
      webhookReceivers: [{ name: "slack", serviceUri: "https://hooks.example/secret" }],
    });
    const { notifications, amount, timePeriod } = recording.one("azure-native:consumption:Budget").inputs;
    expect({ amount, timePeriod }).toEqual({ amount: 500, timePeriod: { startDate: "2026-12-01T00:00:00Z" } });
    expect(notifications).toMatchObject({ spent80: { threshold: 80 }, spent95: { threshold: 95 } });
  }
});

test.each<[Partial<AzureAlarmsArgs>, string[]]>([
  [{}, []],
  [{ contacts: { emails: ["nobody"] } }, ['contacts.emails has "nobody", which is no e-mail address.']],
  [
    { contacts: { webhooks: { slack: "http://hooks.example" } } },
    ["contacts.webhooks.slack is not an https address; alarms name what is broken, so send them encrypted."],
  ],
  [{ budget: { monthly: 0, startsOn: "2026-12-01" } }, ["budget.monthly is 0; allowed are amounts from 1."]],
  [
    { budget: { monthly: 100, startsOn: "2026-12-15" } },
    ['budget.startsOn is "2026-12-15"; give the first day of a month, such as 2026-12-01.'],
  ],
  [{ logRetentionDays: 7 }, ["logRetentionDays is 7; allowed are whole days from 30 to 730."]],
])("alarms with %j have the problems %j", (changes, texts) => {
  expect(alarmsProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`)).toEqual(texts);
});
