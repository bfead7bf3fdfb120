import type { Made, ResourceType, Rule } from "../resourceType";
import { awsType, flag, input, json, list, map, number, object, refers, regionOf, text, uuid } from "./awsType";
import { KEY } from "./security";

const TOPIC = "aws:sns/topic:Topic";
const REPOSITORY = "aws:ecr/repository:Repository";

const replaced = { required: true, replaces: true } as const;
const topicArn = (made: Made) => `arn:aws:sns:${regionOf(made)}:${made.account}:${input(made, "name")}`;

/** Alarms reach topics of their own region alone. Source: CloudWatch User Guide, "Notifying users". */
const sameRegion: Rule = (made) => {
  const actions = (made.inputs.alarmActions ?? []) as string[];
  const far = actions.find((arn) => arn.split(":")[3] !== regionOf(made));
  return far && `ValidationError: Invalid region ${far.split(":")[3]} specified. Only ${regionOf(made)} is supported.`;
};

/** The key of a topic must let the services in that publish to it. */
const keyLetsServicesIn: Rule = (made) => {
  const topic = made.world.find([TOPIC], made.inputs.arn);
  const key = made.world.find([KEY], topic?.inputs.kmsMasterKeyId);
  const { Statement } = JSON.parse(input(made, "policy")) as { Statement: { Principal?: { Service?: string[] } }[] };
  const services = Statement.flatMap(({ Principal }) => Principal?.Service ?? []);
  const shut = services.find((service) => key && !String(key.inputs.policy).includes(service));
  return shut && `KMSAccessDenied: ${shut} may publish to the topic but not use its key, so its messages would be lost`;
};

const dashboardFits: Rule = (made) => {
  const { widgets } = JSON.parse(input(made, "dashboardBody")) as { widgets?: unknown[] };
  return Array.isArray(widgets) && widgets.length <= 500
    ? undefined
    : "InvalidParameterInput: The dashboard body is invalid, there are 1 validation errors: widgets";
};

const alarmTypes: readonly ResourceType[] = [
  awsType({
    token: TOPIC,
    id: topicArn,
    arn: (made) => topicArn(made).replace("arn:aws:", ""),
    inputs: {
      name: text({ ...replaced, maxLength: 256, pattern: /[\w-]+/ }),
      kmsMasterKeyId: refers(KEY, ["arn", "keyId"]),
    },
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:sns/topicPolicy:TopicPolicy",
    untagged: true,
    id: (made) => input(made, "arn"),
    inputs: { arn: refers(TOPIC, ["arn"], replaced), policy: json({ required: true }) },
    rules: [keyLetsServicesIn],
  }),
  awsType({
    token: "aws:sns/topicSubscription:TopicSubscription",
    untagged: true,
    id: (made) => `${input(made, "topic")}:${uuid(made)}`,
    arn: (_, id) => id.replace("arn:aws:", ""),
    inputs: {
      topic: refers(TOPIC, ["arn"], replaced),
      protocol: text({ ...replaced, values: ["https", "email", "sqs", "lambda"] }),
      endpoint: text(replaced),
      endpointAutoConfirms: flag(),
    },
    rules: [
      (made) =>
        input(made, "protocol") === "https" && !input(made, "endpoint").startsWith("https://")
          ? "InvalidParameter: Endpoint must match the specified protocol"
          : undefined,
    ],
  }),
  awsType({
    token: "aws:cloudwatch/metricAlarm:MetricAlarm",
    id: (made) => input(made, "name"),
    arn: (made, id) => `cloudwatch:${regionOf(made)}:${made.account}:alarm:${id}`,
    inputs: {
      name: text({ ...replaced, maxLength: 255 }),
      alarmDescription: text({ maxLength: 1024 }),
      namespace: text({ maxLength: 255 }),
      metricName: text({ maxLength: 255 }),
      dimensions: map(text({ maxLength: 1024 })),
      statistic: text({ values: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] }),
      comparisonOperator: text({
        required: true,
        values: [
          "GreaterThanThreshold",
          "GreaterThanOrEqualToThreshold",
          "LessThanThreshold",
          "LessThanOrEqualToThreshold",
        ],
      }),
      threshold: number(),
      period: number({ min: 10 }),
      evaluationPeriods: number({ min: 1 }),
      treatMissingData: text({ values: ["missing", "ignore", "breaching", "notBreaching"] }),
      alarmActions: list(refers(TOPIC, ["arn"]), { max: 5 }),
      okActions: list(refers(TOPIC, ["arn"]), { max: 5 }),
    },
    rules: [sameRegion],
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:cloudwatch/dashboard:Dashboard",
    untagged: true,
    id: (made) => input(made, "dashboardName"),
    inputs: {
      dashboardName: text({ ...replaced, maxLength: 255, pattern: /[\w-]+/ }),
      dashboardBody: json({ required: true }),
    },
    outputs: (made, id) => ({ dashboardArn: `arn:aws:cloudwatch::${made.account}:dashboard/${id}` }),
    rules: [dashboardFits],
  }),
  awsType({
    token: "aws:budgets/budget:Budget",
    id: (made) => `${made.account}:${input(made, "name")}`,
    arn: (made) => `budgets::${made.account}:budget/${input(made, "name")}`,
    inputs: {
      name: text({ ...replaced, maxLength: 100, pattern: /[^:\\]+/ }),
      budgetType: text({ ...replaced, values: ["COST", "USAGE"] }),
      limitAmount: text({ pattern: /\d+(\.\d+)?/ }),
      limitUnit: text({ values: ["USD"] }),
      timeUnit: text({ required: true, values: ["MONTHLY", "QUARTERLY", "ANNUALLY", "DAILY"] }),
      costFilters: list(object({ name: text({ required: true }), values: list(text(), { required: true }) })),
      notifications: list(
        object({
          comparisonOperator: text({ required: true, values: ["GREATER_THAN", "LESS_THAN", "EQUAL_TO"] }),
          notificationType: text({ required: true, values: ["ACTUAL", "FORECASTED"] }),
          threshold: number({ required: true }),
          thresholdType: text({ required: true, values: ["PERCENTAGE", "ABSOLUTE_VALUE"] }),
          subscriberSnsTopicArns: list(refers(TOPIC, ["arn"]), { max: 1 }),
          subscriberEmailAddresses: list(text(), { max: 10 }),
        }),
        { max: 5 },
      ),
    },
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:route53/healthCheck:HealthCheck",
    id: uuid,
    arn: (_, id) => `route53:::healthcheck/${id}`,
    inputs: {
      type: text({ ...replaced, values: ["HTTP", "HTTPS", "TCP", "CALCULATED"] }),
      fqdn: text({ maxLength: 255 }),
      port: number({ min: 1, max: 65_535 }),
      resourcePath: text({ maxLength: 255, pattern: /\/.*/ }),
      enableSni: flag(),
      measureLatency: flag({ replaces: true }),
      requestInterval: number({ replaces: true, min: 10, max: 30 }),
      failureThreshold: number({ min: 1, max: 10 }),
    },
    quota: { most: 200, code: "TooManyHealthChecks" },
  }),
];

const registryTypes: readonly ResourceType[] = [
  awsType({
    token: REPOSITORY,
    id: (made) => input(made, "name"),
    arn: (made, id) => `ecr:${regionOf(made)}:${made.account}:repository/${id}`,
    inputs: {
      name: text({ ...replaced, maxLength: 256, pattern: /[a-z0-9]+([._/-][a-z0-9]+)*/ }),
      encryptionConfigurations: list(
        object({ encryptionType: text({ values: ["AES256", "KMS", "KMS_DSSE"] }), kmsKey: refers(KEY, ["arn"]) }),
        { replaces: true, max: 1 },
      ),
      imageScanningConfiguration: object({ scanOnPush: flag({ required: true }) }),
      imageTagMutability: text({ values: ["MUTABLE", "IMMUTABLE"] }),
      forceDelete: flag(),
    },
    outputs: (made, id) => ({
      registryId: made.account,
      repositoryUrl: `${made.account}.dkr.ecr.${regionOf(made)}.amazonaws.com/${id}`,
    }),
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    untagged: true,
    id: (made) => input(made, "repository"),
    inputs: { repository: refers(REPOSITORY, ["name"], replaced), policy: json({ required: true, maxLength: 30_720 }) },
  }),
  awsType({
    token: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
    untagged: true,
    id: ({ account }) => account,
    inputs: {
      replicationConfiguration: object(
        {
          rules: list(
            object({
              destinations: list(object({ region: text({ required: true }), registryId: text({ pattern: /\d{12}/ }) })),
              repositoryFilters: list(object({ filter: text(), filterType: text({ values: ["PREFIX_MATCH"] }) })),
            }),
            { required: true, max: 10 },
          ),
        },
        { required: true },
      ),
    },
  }),
];

/** Alarms, who hears of them, budgets, health checks, and the registry. */
export const operationsTypes: readonly ResourceType[] = [...alarmTypes, ...registryTypes];
