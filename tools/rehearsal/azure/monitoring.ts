import type { ResourceType, Rule } from "../resourceType";
import {
  azureType,
  fixed,
  flag,
  input,
  list,
  map,
  nested,
  number,
  object,
  oneOf,
  others,
  RESOURCE_GROUP,
  refers,
  text,
} from "./azureType";

const WORKSPACE = "azure-native:operationalinsights:Workspace";
const ACTION_GROUP = "azure-native:monitor:ActionGroup";
const DIAGNOSTICS = "azure-native:monitor:DiagnosticSetting";

/** Metrics that each watched resource type has, of those that the platform asks for. */
const METRICS: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.ContainerService/managedClusters": [
    "node_cpu_usage_percentage",
    "node_memory_working_set_percentage",
    "node_disk_usage_percentage",
    "kube_pod_status_ready",
  ],
  "Microsoft.DBforPostgreSQL/flexibleServers": [
    "is_db_alive",
    "cpu_percent",
    "memory_percent",
    "storage_percent",
    "active_connections",
  ],
  "Microsoft.Cache/redisEnterprise": ["usedmemorypercentage", "percentProcessorTime", "connectedclients"],
};

/** Log categories that each resource type has. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.ContainerService/managedClusters": [
    "kube-apiserver",
    "kube-audit",
    "kube-audit-admin",
    "kube-controller-manager",
    "kube-scheduler",
    "cluster-autoscaler",
    "cloud-controller-manager",
    "guard",
  ],
  "Microsoft.DBforPostgreSQL/flexibleServers": ["PostgreSQLLogs", "PostgreSQLFlexSessions"],
  "Microsoft.KeyVault/vaults": ["AuditEvent", "AzurePolicyEvaluationDetails"],
};

const metricsExist: Rule = (made) => {
  const [scope] = made.inputs.scopes as readonly unknown[];
  const target = made.world.resources.find(({ id }) => id === scope);
  if (!target) return `ResourceNotFound: The scope ${scope} of rule ${input(made, "ruleName")} was not found.`;
  const criteria = (nested(made.inputs.criteria, "allOf") ?? []) as readonly unknown[];
  const wrong = criteria
    .map((criterion) => String(nested(criterion, "metricName")))
    .find((metric) => !METRICS[String(target.outputs.type)]?.includes(metric));
  return wrong && `BadRequest: Couldn't find a metric named ${wrong} of ${target.outputs.type}.`;
};

const windowHolds: Rule = ({ inputs }) => {
  const [frequency, window] = [inputs.evaluationFrequency, inputs.windowSize].map((text) =>
    Number(/\d+/.exec(String(text))?.[0]),
  );
  return (frequency ?? 0) <= (window ?? 0)
    ? undefined
    : `BadRequest: evaluationFrequency ${inputs.evaluationFrequency} must not be longer than windowSize ${inputs.windowSize}.`;
};

const logsExist: Rule = (made, current) => {
  const target = made.world.resources.find(({ id }) => id === made.inputs.resourceUri);
  if (!target) return `ResourceNotFound: The resource ${input(made, "resourceUri")} was not found.`;
  const wrong = ((made.inputs.logs ?? []) as readonly unknown[])
    .map((log) => String(nested(log, "category")))
    .find((category) => !CATEGORIES[String(target.outputs.type)]?.includes(category));
  if (wrong) return `BadRequest: Category '${wrong}' is not supported for ${target.outputs.type}.`;
  const twin = others(made, current, DIAGNOSTICS).find(
    ({ inputs }) => inputs.resourceUri === made.inputs.resourceUri && inputs.workspaceId === made.inputs.workspaceId,
  );
  return (
    twin &&
    `Conflict: Data sink '${input(made, "workspaceId")}' is already used in diagnostic setting '${twin.inputs.name}'.`
  );
};

const someoneIsTold: Rule = ({ inputs }) => {
  const silent = Object.entries((inputs.notifications ?? {}) as Record<string, unknown>).find(
    ([, notification]) =>
      ((nested(notification, "contactEmails") ?? []) as readonly unknown[]).length === 0 &&
      ((nested(notification, "contactGroups") ?? []) as readonly unknown[]).length === 0,
  );
  return silent && `400 BadRequest: Notification ${silent[0]} must have at least one contact e-mail, role or group.`;
};

const startsAMonth: Rule = ({ inputs }) => {
  const start = String(nested(inputs.timePeriod, "startDate"));
  return /^\d{4}-\d{2}-01T00:00:00Z$/.test(start)
    ? undefined
    : `400 BadRequest: Start date ${start} must be the first day of a month.`;
};

/** Logs, alarms and budgets. Sources: Azure REST API, Microsoft.Insights, OperationalInsights and Consumption. */
export const monitoringTypes: readonly ResourceType[] = [
  azureType({
    token: WORKSPACE,
    kind: "Microsoft.OperationalInsights/workspaces",
    name: "workspaceName",
    inputs: {
      workspaceName: text({ pattern: /[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]/ }),
      sku: object({ name: text({ required: true, values: ["PerGB2018", "CapacityReservation"] }) }),
      retentionInDays: number({ min: 30, max: 730 }),
      features: object({ disableLocalAuth: flag(), enableLogAccessUsingOnlyResourcePermissions: flag() }),
    },
    outputs: (made) => ({ customerId: `00000005-0000-4000-8000-${made.sequence.toString(16).padStart(12, "0")}` }),
  }),
  azureType({
    token: ACTION_GROUP,
    kind: "Microsoft.Insights/actionGroups",
    name: "actionGroupName",
    inputs: {
      actionGroupName: text({ pattern: /[^:<>+/&%\\?|]{1,260}/ }),
      groupShortName: text({ required: true, maxLength: 12 }),
      enabled: flag({ required: true }),
      emailReceivers: list(
        object({
          name: text({ required: true }),
          emailAddress: text({ required: true, pattern: /[^@\s]+@[^@\s]+/ }),
          useCommonAlertSchema: flag(),
        }),
        { max: 1000 },
      ),
      webhookReceivers: list(
        object({
          name: text({ required: true }),
          serviceUri: text({ required: true, pattern: /https?:\/\/.+/ }),
          useCommonAlertSchema: flag(),
        }),
        { max: 10 },
      ),
    },
  }),
  azureType({
    token: "azure-native:monitor:MetricAlert",
    kind: "Microsoft.Insights/metricAlerts",
    name: "ruleName",
    inputs: {
      ruleName: text({ pattern: /[^*#&+:<>?@%{}\\/]{1,260}/ }),
      description: text({ maxLength: 1000 }),
      enabled: flag({ required: true }),
      severity: number({ required: true, min: 0, max: 4 }),
      scopes: fixed(list(text(), { required: true, min: 1 })),
      evaluationFrequency: text({ required: true, values: ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H"] }),
      windowSize: text({ required: true, values: ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"] }),
      autoMitigate: flag(),
      criteria: object(
        {
          odataType: text({
            required: true,
            values: ["Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria"],
          }),
          allOf: list(
            object({
              criterionType: text({ required: true, values: ["StaticThresholdCriterion"] }),
              name: text({ required: true }),
              metricName: text({ required: true }),
              metricNamespace: text(),
              operator: text({
                required: true,
                values: ["Equals", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual"],
              }),
              threshold: number({ required: true }),
              timeAggregation: text({ required: true, values: ["Average", "Count", "Minimum", "Maximum", "Total"] }),
            }),
            { min: 1, max: 5 },
          ),
        },
        { required: true },
      ),
      actions: list(object({ actionGroupId: refers(ACTION_GROUP) }), { max: 5 }),
    },
    rules: [metricsExist, windowHolds],
    quota: { most: 5000, code: "QuotaExceeded: Metric alert rules" },
  }),
  {
    token: DIAGNOSTICS,
    inputs: {
      name: text({ required: true, replaces: true, maxLength: 260 }),
      resourceUri: text({ required: true, replaces: true, pattern: /\/subscriptions\/.+/ }),
      workspaceId: refers(WORKSPACE),
      logAnalyticsDestinationType: oneOf("Dedicated", "AzureDiagnostics"),
      logs: list(object({ category: text(), categoryGroup: text(), enabled: flag({ required: true }) })),
    },
    rules: [logsExist],
    quota: { most: 5, per: "resourceUri", code: "Conflict: Diagnostic settings of the resource" },
    id: (made) =>
      `${input(made, "resourceUri")}/providers/Microsoft.Insights/diagnosticSettings/${input(made, "name")}`,
    outputs: () => ({ type: "Microsoft.Insights/diagnosticSettings" }),
  },
  {
    token: "azure-native:consumption:Budget",
    inputs: {
      budgetName: text({ required: true, replaces: true, pattern: /[\w-]{1,63}/ }),
      scope: refers(RESOURCE_GROUP, [], { required: true, replaces: true }),
      category: text({ required: true, values: ["Cost"] }),
      amount: number({ required: true, min: 0 }),
      timeGrain: text({ required: true, values: ["Monthly", "Quarterly", "Annually"] }),
      timePeriod: object({ startDate: text({ required: true }), endDate: text() }, { required: true }),
      notifications: map(
        object({
          enabled: flag({ required: true }),
          operator: text({ required: true, values: ["EqualTo", "GreaterThan", "GreaterThanOrEqualTo"] }),
          threshold: number({ required: true, min: 0, max: 1000 }),
          thresholdType: oneOf("Actual", "Forecasted"),
          contactEmails: list(text(), { required: true, max: 50 }),
          contactGroups: list(refers(ACTION_GROUP), { max: 50 }),
        }),
      ),
    },
    rules: [someoneIsTold, startsAMonth],
    id: (made) => `${input(made, "scope")}/providers/Microsoft.Consumption/budgets/${input(made, "budgetName")}`,
    outputs: (made) => ({ name: input(made, "budgetName"), eTag: `"${made.sequence}"` }),
  },
];
