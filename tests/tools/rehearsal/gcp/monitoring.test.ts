import { GcpWorld } from "../../../support/gcpCloud";

const CHANNEL = "gcp:monitoring/notificationChannel:NotificationChannel";

test.each<[string, Record<string, unknown>, string]>([
  [
    "e-mail needs an address",
    { type: "email", labels: {} },
    'googleapi: Error 400: Field "notification_channel.labels[\'email_address\']" is missing, but required by the channel type "email"., badRequest',
  ],
  [
    "a topic must exist",
    { type: "pubsub", labels: { topic: "projects/p/topics/gone" } },
    "googleapi: Error 404: Cloud Pub/Sub topic projects/p/topics/gone was not found., notFound",
  ],
  [
    "kinds are known",
    { type: "pigeon" },
    'type: found "pigeon", allowed: email, pubsub, slack, pagerduty, webhook_tokenauth',
  ],
])("of a channel: %s", (_, inputs, text) => {
  expect(() => new GcpWorld().create(CHANNEL, inputs)).toThrow(text);
});

test("a dashboard is JSON with a title", () => {
  const create = (dashboardJson: string) =>
    new GcpWorld().create("gcp:monitoring/dashboard:Dashboard", { dashboardJson });
  expect(() => create("{")).toThrow("googleapi: Error 400: Invalid JSON payload received");
  expect(() => create("{}")).toThrow("googleapi: Error 400: Field dashboard.displayName is required., badRequest");
  expect(create('{"displayName":"all"}').id).toMatch(/^projects\/acme-ml-prod\/dashboards\/\d+$/);
});

test("an alarm speaks to channels that exist, about a metric", () => {
  const world = new GcpWorld();
  const channel = world.create(CHANNEL, { type: "email", labels: { email_address: "ops@example.com" } });
  const alarm = (filter: string, to: unknown) =>
    world.create("gcp:monitoring/alertPolicy:AlertPolicy", {
      displayName: "Busy",
      combiner: "OR",
      conditions: [
        {
          displayName: "Busy",
          conditionThreshold: {
            filter,
            comparison: "COMPARISON_GT",
            duration: "60s",
            aggregations: [{ perSeriesAligner: "ALIGN_MIN" }],
          },
        },
      ],
      notificationChannels: [to],
    });
  expect(() => alarm("cpu", channel.name)).toThrow('conditions[0].conditionThreshold.filter: found "cpu"');
  const filter = 'metric.type = "kubernetes.io/node/cpu/allocatable_utilization"';
  expect(() => alarm(filter, "projects/p/notificationChannels/1")).toThrow(
    "googleapi: Error 404: notificationChannels[0]",
  );
  expect(alarm(filter, channel.name).id).toMatch(/alertPolicies\/\d+$/);
  expect(() => alarm('metric.type = "monitoring.googleapis.com/uptime_check/check_passed"', channel.name)).toThrow(
    "The aligner ALIGN_MIN cannot be applied to metrics with kind GAUGE and value type BOOL., badRequest",
  );
  expect(() => world.delete(CHANNEL, channel.id)).toThrow("resourceInUseByAnotherResource");
});
