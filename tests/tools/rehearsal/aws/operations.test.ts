import { simulatedAws } from "../../../support/awsCloud";

const TOPIC = "aws:sns/topic:Topic";
const alarm = { name: "a", comparisonOperator: "GreaterThanThreshold", threshold: 1, evaluationPeriods: 1 };
const policy = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["kms:PutKeyPolicy"], Principal: { Service: [service] } }],
  });

test("an alarm reaches topics of its own region alone", () => {
  const aws = simulatedAws();
  const topic = aws.create(TOPIC, { name: "alarms" });
  const token = "aws:cloudwatch/metricAlarm:MetricAlarm";
  expect(() => aws.create(token, { ...alarm, region: "us-west-2", alarmActions: [topic.outputs.arn] })).toThrow(
    "ValidationError: Invalid region us-east-1 specified. Only us-west-2 is supported.",
  );
  expect(aws.create(token, { ...alarm, alarmActions: [topic.outputs.arn] }).outputs.arn).toBe(
    "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a",
  );
});

test("a service that may publish but not use the key would lose its messages", () => {
  const aws = simulatedAws();
  const key = aws.create("aws:kms/key:Key", { policy: policy("cloudwatch.amazonaws.com") });
  const topic = aws.create(TOPIC, { name: "alarms", kmsMasterKeyId: key.outputs.arn });
  const allow = (service: string) =>
    aws.create("aws:sns/topicPolicy:TopicPolicy", { arn: topic.outputs.arn, policy: policy(service) });
  expect(() => allow("budgets.amazonaws.com")).toThrow("KMSAccessDenied: budgets.amazonaws.com may publish");
  expect(() => allow("cloudwatch.amazonaws.com")).not.toThrow();
});

test("an https subscription has an https URL", () => {
  const aws = simulatedAws();
  const topic = aws.create(TOPIC, { name: "alarms" });
  const subscription = { topic: topic.outputs.arn, protocol: "https", endpoint: "http://example.com" };
  expect(() => aws.create("aws:sns/topicSubscription:TopicSubscription", subscription)).toThrow(
    "InvalidParameter: Endpoint must match the specified protocol",
  );
});

test("a dashboard is made of widgets", () => {
  const dashboard = { dashboardName: "a", dashboardBody: "{}" };
  expect(() => simulatedAws().create("aws:cloudwatch/dashboard:Dashboard", dashboard)).toThrow("InvalidParameterInput");
});

test("a repository's URL is where images are pushed", () => {
  const repository = simulatedAws().create("aws:ecr/repository:Repository", { name: "tideline-prod" });
  expect(repository.outputs.repositoryUrl).toBe("123456789012.dkr.ecr.us-east-1.amazonaws.com/tideline-prod");
});
