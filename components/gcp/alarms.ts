import * as billing from "@pulumi/gcp/billing";
import * as monitoring from "@pulumi/gcp/monitoring";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Alarms } from "../contract";
import { contactChannels, createAlarmChannel, type GcpContacts } from "./alarmChannel";
import { ALARM_RULES, type AlarmRule, type Watched } from "./alarmRules";
import { dashboard } from "./dashboard";
import { type GcpPlace, standardLabels } from "./place";

export interface GcpAlarmsArgs extends GcpPlace {
  /** The project's number, see `GcpSecrets.projectNumber`. */
  readonly projectNumber: pulumi.Input<string>;
  /** Key that encrypts the topic. */
  readonly key: pulumi.Input<string>;
  /** What is watched; names known while planning decide which rules there are, so give all that will exist. */
  readonly watched: { readonly [Part in keyof Watched]?: pulumi.Input<string> };
  /** @default none: alarms go to the topic alone */
  readonly contacts?: GcpContacts;
  /** Money a month, of the billing account that pays; alarms at 80 % and 95 %. @default no budget */
  readonly budget?: { readonly billingAccount: string; readonly monthly: number; readonly currency?: string };
  /** HTTPS hosts that must answer, such as another cloud's; by name. @default none */
  readonly endpoints?: Readonly<Record<string, { readonly host: string; readonly path?: string }>>;
}

/** Shares of the budget at which an alarm goes out. */
const BUDGET_SHARES = [0.8, 0.95];

/** Alarms, a dashboard, health checks and a budget, all sent to one topic and to whoever is named. */
export class GcpAlarms extends pulumi.ComponentResource implements Alarms {
  readonly channel: pulumi.Output<string>;
  /** Topic that every alarm is published to: projects/PROJECT/topics/NAME. */
  readonly topic: pulumi.Output<string>;

  constructor(name: string, args: GcpAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpAlarms", name, alarmsProblems(args));
    super("tideline:gcp:Alarms", name, {}, opts);
    const { topic, channel } = createAlarmChannel(this, name, args);
    const emails = contactChannels(this, name, args);
    const channels = [channel.id, ...emails.map(({ id }) => id)];
    const watched = pulumi.output(args.watched as pulumi.Input<Watched>);
    // Which rules there are, and all of them but the names inside their filters, is known while planning.
    const unnamed = Object.fromEntries(Object.keys(args.watched).map((part) => [part, ""]));
    for (const [part, describe] of Object.entries(ALARM_RULES)) {
      const rule = describe(unnamed);
      const filter = watched.apply((names) => describe(names)?.filter ?? "");
      if (rule) alarm(this, `${name}-${part}`, args, channels, { ...rule, filter });
    }
    for (const [endpoint, { host, path = "/" }] of Object.entries(args.endpoints ?? {})) {
      healthCheck(this, `${name}-health-${endpoint}`, args, channels, host, path);
    }
    new monitoring.Dashboard(
      name,
      { project: args.project, dashboardJson: watched.apply((parts) => dashboard(args.stack, parts)) },
      { parent: this },
    );
    if (args.budget) budget(this, name, args, args.budget, topic.id);
    this.channel = channel.name;
    this.topic = topic.id;
    this.registerOutputs({ channel: this.channel, topic: this.topic });
  }
}

/** All that is wrong with the arguments. */
export function alarmsProblems(
  args: Pick<GcpAlarmsArgs, "contacts" | "budget" | "endpoints">,
): readonly ArgumentProblem[] {
  const { contacts = {}, budget, endpoints = {} } = args;
  const email = (contacts.emails ?? []).find((address) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address));
  const url = Object.entries(endpoints).find(([, { host }]) => /[/:]/.test(host));
  const open = Object.entries(contacts.webhooks ?? {}).find(
    ([, address]) => typeof address === "string" && !address.startsWith("https://"),
  );
  return [
    ...problemIf(email !== undefined, "contacts.emails", `has "${email}", which is no e-mail address.`),
    ...problemIf(
      open !== undefined,
      `contacts.webhooks.${open?.[0]}`,
      "is not an https address; alarms name what is broken, so send them encrypted.",
    ),
    ...problemIf(
      budget !== undefined && !/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/.test(budget.billingAccount),
      "budget.billingAccount",
      `is "${budget?.billingAccount}"; give the account's id, such as 012345-6789AB-CDEF01.`,
    ),
    ...problemIf(
      budget !== undefined && !(Number.isInteger(budget.monthly) && budget.monthly >= 1),
      "budget.monthly",
      `is ${budget?.monthly}; allowed are whole units of the currency from 1.`,
    ),
    ...problemIf(
      url !== undefined,
      `endpoints.${url?.[0]}.host`,
      `is "${url?.[1].host}"; give the host alone, without scheme, port or path.`,
    ),
  ];
}

/** A rule whose filter may name what does not exist yet. */
type Alarm = Omit<AlarmRule, "filter"> & { readonly filter: pulumi.Input<string> };

function alarm(
  parent: pulumi.Resource,
  name: string,
  args: GcpAlarmsArgs,
  notificationChannels: pulumi.Input<string>[],
  rule: Alarm,
): void {
  const { title, severity, filter, comparison, threshold, seconds, aligner, reducer, remedy } = rule;
  new monitoring.AlertPolicy(
    name,
    {
      project: args.project,
      displayName: `${args.stack}: ${title}`,
      combiner: "OR",
      severity,
      conditions: [
        {
          displayName: title,
          conditionThreshold: {
            filter,
            comparison,
            thresholdValue: threshold,
            duration: `${seconds}s`,
            aggregations: [
              {
                alignmentPeriod: "300s",
                perSeriesAligner: aligner,
                ...(reducer ? { crossSeriesReducer: reducer } : {}),
              },
            ],
            trigger: { count: 1 },
          },
        },
      ],
      documentation: { content: remedy, mimeType: "text/markdown" },
      // An alarm that is forgotten closes itself, so that the next one is seen.
      alertStrategy: { autoClose: "86400s" },
      notificationChannels,
      userLabels: standardLabels(args, name),
    },
    { parent },
  );
}

/** Asks a host from all over the world once a minute, and raises an alarm when most places get no answer for two minutes. */
function healthCheck(
  parent: pulumi.Resource,
  name: string,
  args: GcpAlarmsArgs,
  channels: pulumi.Input<string>[],
  host: string,
  path: string,
): void {
  const check = new monitoring.UptimeCheckConfig(
    name,
    {
      project: args.project,
      displayName: `${args.stack}: ${host}`,
      timeout: "10s",
      period: "60s",
      httpCheck: {
        path,
        port: 443,
        useSsl: true,
        validateSsl: true,
        acceptedResponseStatusCodes: [{ statusClass: "STATUS_CLASS_2XX" }],
      },
      monitoredResource: { type: "uptime_url", labels: { host, project_id: args.project } },
      userLabels: standardLabels(args, name),
    },
    { parent },
  );
  const metric = `metric.type = "monitoring.googleapis.com/uptime_check/check_passed" AND resource.type = "uptime_url"`;
  alarm(parent, name, args, channels, {
    title: `${host} does not answer`,
    filter: pulumi.interpolate`${metric} AND metric.labels.check_id = "${check.uptimeCheckId}"`,
    comparison: "COMPARISON_LT",
    // Share of the checkers all over the world that got an answer.
    threshold: 0.5,
    seconds: 120,
    aligner: "ALIGN_FRACTION_TRUE",
    reducer: "REDUCE_MEAN",
    severity: "CRITICAL",
    remedy: `Open https://${host}${path}; see the other cloud's own alarms.`,
  });
}

function budget(
  parent: pulumi.Resource,
  name: string,
  args: GcpAlarmsArgs,
  { billingAccount, monthly, currency = "USD" }: NonNullable<GcpAlarmsArgs["budget"]>,
  topic: pulumi.Input<string>,
): void {
  new billing.Budget(
    name,
    {
      billingAccount,
      displayName: `tideline ${args.stack}`,
      amount: { specifiedAmount: { currencyCode: currency, units: String(monthly) } },
      budgetFilter: {
        projects: [pulumi.interpolate`projects/${args.projectNumber}`],
        calendarPeriod: "MONTH",
        creditTypesTreatment: "INCLUDE_ALL_CREDITS",
      },
      thresholdRules: BUDGET_SHARES.map((thresholdPercent) => ({ thresholdPercent, spendBasis: "CURRENT_SPEND" })),
      allUpdatesRule: { pubsubTopic: topic, schemaVersion: "1.0" },
    },
    { parent },
  );
}
