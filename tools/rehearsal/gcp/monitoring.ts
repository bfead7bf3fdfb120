import type { ResourceType, Rule } from "../resourceType";
import {
  DURATION,
  fixed,
  flag,
  gcpType,
  input,
  list,
  map,
  nested,
  number,
  object,
  oneOf,
  projectOf,
  refers,
  text,
} from "./gcpType";
import { iamMember } from "./iamMember";
import { CRYPTO_KEY, encrypts } from "./keys";

const CHANNEL = "gcp:monitoring/notificationChannel:NotificationChannel";
const TOPIC = "gcp:pubsub/topic:Topic";

/** The label that each kind of channel needs. */
const CHANNEL_LABELS: Readonly<Record<string, readonly string[]>> = {
  email: ["email_address"],
  pubsub: ["topic"],
  slack: ["channel_name"],
  pagerduty: [],
  webhook_tokenauth: ["url"],
};

const channelLabels: Rule = (made) => {
  const missing = CHANNEL_LABELS[input(made, "type")]?.find((label) => nested(made.inputs.labels, label) === undefined);
  if (missing) {
    return `googleapi: Error 400: Field "notification_channel.labels['${missing}']" is missing, but required by the channel type "${input(made, "type")}"., badRequest`;
  }
  const topic = nested(made.inputs.labels, "topic");
  return topic === undefined || made.world.find([TOPIC], topic)
    ? undefined
    : `googleapi: Error 404: Cloud Pub/Sub topic ${topic} was not found., notFound`;
};

const dashboardText: Rule = (made) => {
  try {
    const { displayName } = JSON.parse(input(made, "dashboardJson")) as { displayName?: unknown };
    return displayName ? undefined : "googleapi: Error 400: Field dashboard.displayName is required., badRequest";
  } catch (error) {
    return `googleapi: Error 400: Invalid JSON payload received: ${(error as Error).message}., badRequest`;
  }
};

/** Metrics that are yes or no, and how such can be made numbers. */
const YES_OR_NO = "uptime_check/check_passed";
const FOR_YES_OR_NO = ["ALIGN_FRACTION_TRUE", "ALIGN_COUNT_TRUE", "ALIGN_NEXT_OLDER"];

const alignerFits: Rule = ({ inputs }) => {
  const conditions = Array.isArray(inputs.conditions) ? inputs.conditions : [];
  const wrong = conditions
    .map((condition) => nested(condition, "conditionThreshold"))
    .filter((condition) => String(nested(condition, "filter")).includes(YES_OR_NO))
    .map((condition) => String(nested(condition, "aggregations", "0", "perSeriesAligner")))
    .find((aligner) => !FOR_YES_OR_NO.includes(aligner));
  return (
    wrong &&
    `googleapi: Error 400: Field alert_policy.conditions[0].condition_threshold.aggregations[0] had an invalid value: The aligner ${wrong} cannot be applied to metrics with kind GAUGE and value type BOOL., badRequest`
  );
};

const threshold = object({
  filter: text({ required: true, pattern: /.*metric\.type = "[a-z0-9./_]+".*/ }),
  comparison: text({ required: true, values: ["COMPARISON_GT", "COMPARISON_LT"] }),
  thresholdValue: number(),
  duration: text({ required: true, pattern: DURATION }),
  aggregations: list(
    object({
      alignmentPeriod: text({ pattern: DURATION }),
      perSeriesAligner: oneOf(
        "ALIGN_MEAN",
        "ALIGN_DELTA",
        "ALIGN_MIN",
        "ALIGN_MAX",
        "ALIGN_RATE",
        "ALIGN_FRACTION_TRUE",
      ),
      crossSeriesReducer: text(),
      groupByFields: list(text()),
    }),
  ),
  trigger: object({ count: number({ min: 1 }) }),
});

/** Alarms, their channels, dashboards, health checks and budgets. Sources: Monitoring API v3, Billing Budgets API v1. */
export const monitoringTypes: readonly ResourceType[] = [
  gcpType({
    token: TOPIC,
    api: "pubsub",
    labels: "labels",
    inputs: {
      name: text({ required: true, replaces: true, pattern: /(?!goog)[A-Za-z][\w.~+%-]{2,254}/ }),
      kmsKeyName: refers(CRYPTO_KEY, []),
      messageRetentionDuration: text({ pattern: DURATION }),
      messageStoragePolicy: object({ allowedPersistenceRegions: list(text(), { required: true, min: 1 }) }),
    },
    rules: [
      encrypts(
        (made) => made.inputs.kmsKeyName,
        "gcp-sa-pubsub.iam.gserviceaccount.com",
        (made) => String(nested(made.inputs.messageStoragePolicy, "allowedPersistenceRegions", "0")),
      ),
    ],
    id: (made) => `projects/${projectOf(made)}/topics/${input(made, "name")}`,
  }),
  iamMember(
    "gcp:pubsub/topicIAMMember:TopicIAMMember",
    "topic",
    refers(TOPIC, ["name"], { required: true, replaces: true }),
    "pubsub",
  ),
  gcpType({
    token: CHANNEL,
    api: "monitoring",
    labels: "userLabels",
    inputs: {
      displayName: text({ maxLength: 512 }),
      type: text({ required: true, replaces: true, values: Object.keys(CHANNEL_LABELS) }),
      labels: map(text()),
      sensitiveLabels: object({ authToken: text(), serviceKey: text(), password: text() }),
      enabled: flag({ default: true }),
      forceDelete: flag({ default: false }),
    },
    rules: [channelLabels],
    id: (made) => `projects/${projectOf(made)}/notificationChannels/${made.sequence}`,
    outputs: (_, id) => ({ name: id, verificationStatus: "" }),
  }),
  gcpType({
    token: "gcp:monitoring/alertPolicy:AlertPolicy",
    api: "monitoring",
    labels: "userLabels",
    inputs: {
      displayName: text({ required: true, maxLength: 512 }),
      combiner: text({ required: true, values: ["OR", "AND", "AND_WITH_MATCHING_RESOURCE"] }),
      severity: oneOf("CRITICAL", "ERROR", "WARNING"),
      enabled: flag({ default: true }),
      conditions: list(object({ displayName: text({ required: true }), conditionThreshold: threshold }), {
        required: true,
        min: 1,
        max: 6,
      }),
      documentation: object({ content: text({ maxLength: 8192 }), mimeType: oneOf("text/markdown") }),
      alertStrategy: object({ autoClose: text({ pattern: DURATION }) }),
      notificationChannels: list(refers(CHANNEL, ["name"]), { max: 16 }),
    },
    rules: [alignerFits],
    quota: { most: 2000, code: "googleapi: Error 429: Alerting policies per project" },
    id: (made) => `projects/${projectOf(made)}/alertPolicies/${made.sequence}`,
    outputs: (_, id) => ({ name: id, creationRecords: [] }),
  }),
  gcpType({
    token: "gcp:monitoring/dashboard:Dashboard",
    api: "monitoring",
    inputs: { dashboardJson: text({ required: true }) },
    rules: [dashboardText],
    id: (made) => `projects/${projectOf(made)}/dashboards/${made.sequence}`,
  }),
  gcpType({
    token: "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig",
    api: "monitoring",
    labels: "userLabels",
    inputs: {
      displayName: text({ required: true, maxLength: 512 }),
      timeout: text({ required: true, pattern: /([1-9]|[1-5]\d|60)s/ }),
      period: text({ values: ["60s", "300s", "600s", "900s"] }),
      httpCheck: object({
        path: text(),
        port: number({ min: 1, max: 65_535 }),
        useSsl: flag(),
        validateSsl: flag(),
        acceptedResponseStatusCodes: list(object({ statusClass: text(), statusValue: number() })),
      }),
      monitoredResource: fixed(
        object({ type: text({ required: true, values: ["uptime_url"] }), labels: map(text(), { required: true }) }),
      ),
    },
    quota: { most: 100, code: "googleapi: Error 429: Uptime checks per project" },
    id: (made) => `projects/${projectOf(made)}/uptimeCheckConfigs/check-${made.sequence}`,
    outputs: (made, id) => ({ name: id, uptimeCheckId: `check-${made.sequence}` }),
  }),
  gcpType({
    token: "gcp:billing/budget:Budget",
    api: "billingbudgets",
    projectless: true,
    inputs: {
      billingAccount: text({ required: true, replaces: true, pattern: /[0-9A-F]{6}(-[0-9A-F]{6}){2}/ }),
      displayName: text({ maxLength: 60 }),
      amount: object(
        { specifiedAmount: object({ currencyCode: text({ pattern: /[A-Z]{3}/ }), units: text({ pattern: /\d+/ }) }) },
        { required: true },
      ),
      budgetFilter: object({
        projects: list(text({ pattern: /projects\/\d+/ })),
        calendarPeriod: oneOf("MONTH", "QUARTER", "YEAR"),
        creditTypesTreatment: oneOf("INCLUDE_ALL_CREDITS", "EXCLUDE_ALL_CREDITS"),
      }),
      thresholdRules: list(
        object({
          thresholdPercent: number({ required: true, min: 0 }),
          spendBasis: oneOf("CURRENT_SPEND", "FORECASTED_SPEND"),
        }),
      ),
      allUpdatesRule: object({
        pubsubTopic: refers(TOPIC, []),
        schemaVersion: oneOf("1.0"),
        monitoringNotificationChannels: list(refers(CHANNEL, ["name"]), { max: 5 }),
      }),
    },
    id: (made) => `billingAccounts/${input(made, "billingAccount")}/budgets/${made.sequence}`,
    outputs: (_, id) => ({ name: id }),
  }),
];
