import * as consumption from "@pulumi/azure-native/consumption";
import * as monitor from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Alarms } from "../contract";
import { NAME_LIMITS } from "../naming";
import { ALARM_RULES, type AlarmRule, NAMESPACES, type WatchedPart } from "./alarmRules";
import { createDiagnostics, createWorkspace, type LoggedPart } from "./diagnostics";
import { type AzurePlace, azureName, standardTags } from "./place";

/** Whom alarms reach. */
export interface AzureContacts {
  readonly emails?: readonly string[];
  /** HTTPS addresses by name, such as those that Slack and PagerDuty give; they take Azure's common alert schema. */
  readonly webhooks?: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface AzureBudget {
  /** Money a month, in the currency of the subscription. */
  readonly monthly: number;
  /** First day of the month that it begins with, such as 2026-12-01; Azure takes none in the past when the budget is made. */
  readonly startsOn: string;
}

export interface AzureAlarmsArgs extends AzurePlace {
  /** Resource group whose cost the budget watches. */
  readonly resourceGroupId: pulumi.Input<string>;
  /** Ids of what is watched; which rules there are is known while planning, so give all that will exist. */
  readonly watched: Readonly<Partial<Record<WatchedPart, pulumi.Input<string>>>>;
  /** Ids of what sends its logs. */
  readonly logged: Readonly<Partial<Record<LoggedPart, pulumi.Input<string>>>>;
  /** @default nobody: alarms are seen in the portal alone */
  readonly contacts?: AzureContacts;
  /** Alarms at 80 % and 95 %. @default no budget */
  readonly budget?: AzureBudget;
  /** Days that logs are kept, 30 to 730. @default 90 in prod, 30 elsewhere */
  readonly logRetentionDays?: number;
}

/** Percentages of the budget at which an alarm goes out. */
const BUDGET_SHARES = [80, 95];

/** Logs, alarms and a budget, all sent to one action group. */
export class AzureAlarms extends pulumi.ComponentResource implements Alarms {
  readonly channel: pulumi.Output<string>;
  readonly workspaceId: pulumi.Output<string>;

  constructor(name: string, args: AzureAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureAlarms", name, alarmsProblems(args));
    super("tideline:azure:Alarms", name, {}, opts);
    const workspace = createWorkspace(this, name, args);
    for (const [part, id] of Object.entries(args.logged)) {
      createDiagnostics(this, name, part as LoggedPart, id, workspace.id);
    }
    const group = createActionGroup(this, name, args);
    for (const [rule, description] of Object.entries(ALARM_RULES)) {
      const scope = args.watched[description.part];
      if (scope !== undefined) createAlarm(this, name, rule, args, description, scope, group.id);
    }
    if (args.budget) createBudget(this, name, args, args.budget, group.id);
    this.channel = group.id;
    this.workspaceId = workspace.id;
    this.registerOutputs({ channel: this.channel, workspaceId: this.workspaceId });
  }
}

/** All that is wrong with the arguments. */
export function alarmsProblems(
  args: Pick<AzureAlarmsArgs, "contacts" | "budget" | "logRetentionDays">,
): readonly ArgumentProblem[] {
  const { contacts = {}, budget, logRetentionDays = 30 } = args;
  const email = (contacts.emails ?? []).find((address) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address));
  const open = Object.entries(contacts.webhooks ?? {}).find(
    ([, url]) => typeof url === "string" && !url.startsWith("https://"),
  );
  return [
    ...problemIf(email !== undefined, "contacts.emails", `has "${email}", which is no e-mail address.`),
    ...problemIf(
      open !== undefined,
      `contacts.webhooks.${open?.[0]}`,
      "is not an https address; alarms name what is broken, so send them encrypted.",
    ),
    ...problemIf(
      budget !== undefined && !(budget.monthly >= 1),
      "budget.monthly",
      `is ${budget?.monthly}; allowed are amounts from 1.`,
    ),
    ...problemIf(
      budget !== undefined && !/^20\d{2}-(0[1-9]|1[0-2])-01$/.test(budget.startsOn),
      "budget.startsOn",
      `is "${budget?.startsOn}"; give the first day of a month, such as 2026-12-01.`,
    ),
    ...problemIf(
      !Number.isInteger(logRetentionDays) || logRetentionDays < 30 || logRetentionDays > 730,
      "logRetentionDays",
      `is ${logRetentionDays}; allowed are whole days from 30 to 730.`,
    ),
  ];
}

function createActionGroup(parent: pulumi.Resource, name: string, args: AzureAlarmsArgs): monitor.ActionGroup {
  const { emails = [], webhooks = {} } = args.contacts ?? {};
  return new monitor.ActionGroup(
    name,
    {
      actionGroupName: azureName(args, name, NAME_LIMITS.azureActionGroup),
      resourceGroupName: args.resourceGroupName,
      location: "global",
      // Begins text messages; at most 12 characters.
      groupShortName: "tideline",
      enabled: true,
      emailReceivers: emails.map((emailAddress) => ({ name: emailAddress, emailAddress, useCommonAlertSchema: true })),
      webhookReceivers: Object.entries(webhooks).map(([webhook, serviceUri]) => ({
        name: webhook,
        serviceUri: pulumi.secret(serviceUri),
        useCommonAlertSchema: true,
      })),
      tags: standardTags(args, name),
    },
    { parent },
  );
}

function createAlarm(
  parent: pulumi.Resource,
  name: string,
  part: string,
  args: AzureAlarmsArgs,
  rule: AlarmRule,
  scope: pulumi.Input<string>,
  actionGroupId: pulumi.Input<string>,
): void {
  new monitor.MetricAlert(
    `${name}-${part}`,
    {
      ruleName: azureName(args, name, { maxLength: 260, separator: "-" }, part),
      resourceGroupName: args.resourceGroupName,
      location: "global",
      description: `${rule.title}. ${rule.remedy}`,
      enabled: true,
      severity: rule.severity,
      scopes: [scope],
      evaluationFrequency: "PT1M",
      windowSize: `PT${rule.minutes}M`,
      autoMitigate: true,
      criteria: {
        odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [
          {
            criterionType: "StaticThresholdCriterion",
            name: part,
            metricName: rule.metric,
            metricNamespace: NAMESPACES[rule.part],
            operator: rule.operator,
            threshold: rule.threshold,
            timeAggregation: rule.aggregation,
          },
        ],
      },
      actions: [{ actionGroupId }],
      tags: standardTags(args, name),
    },
    { parent },
  );
}

function createBudget(
  parent: pulumi.Resource,
  name: string,
  args: AzureAlarmsArgs,
  { monthly, startsOn }: AzureBudget,
  actionGroupId: pulumi.Input<string>,
): void {
  const { emails = [] } = args.contacts ?? {};
  new consumption.Budget(
    name,
    {
      budgetName: azureName(args, name, NAME_LIMITS.azureBudget),
      scope: args.resourceGroupId,
      category: "Cost",
      amount: monthly,
      timeGrain: "Monthly",
      timePeriod: { startDate: `${startsOn}T00:00:00Z` },
      notifications: Object.fromEntries(
        BUDGET_SHARES.map((threshold) => [
          `spent${threshold}`,
          {
            enabled: true,
            operator: "GreaterThanOrEqualTo",
            threshold,
            thresholdType: "Actual",
            contactEmails: [...emails],
            contactGroups: [actionGroupId],
          },
        ]),
      ),
    },
    { parent },
  );
}
