import { AwsFoundation, type AwsFoundationArgs } from "../../../components/aws/foundation";
import { ACCOUNT, recordAws } from "../../support/awsCloud";
import { type Recording, unwrap } from "../../support/pulumiMocks";

const args: AwsFoundationArgs = {
  stack: "prod",
  environment: "prod",
  accountId: ACCOUNT,
  region: "us-east-1",
  network: { cidr: "10.1.0.0/16", zones: 3, nat: "onePerZone" },
  cluster: {
    version: "1.34",
    compute: { pools: { general: { instanceTypes: ["m5.2xlarge", "m5.4xlarge"], min: 3, max: 20 } } },
  },
  database: { instanceClass: "db.r5.2xlarge", storageGb: 500, backupRetentionDays: 30 },
  alarms: {
    contacts: { emails: ["on-call@example.com"], webhooks: { pagerduty: "https://events.example.com/key" } },
    monthlyBudget: 50_000,
  },
  recovery: { region: "us-west-2" },
  healthChecks: { gcp: "https://api.gcp.example.com/health" },
};
const build =
  (changes: Partial<AwsFoundationArgs> = {}) =>
  () =>
    new AwsFoundation("aws", { ...args, ...changes });

describe.each([false, true])("all of prod, planned %s", (preview) => {
  let recording: Recording<AwsFoundation>;
  beforeAll(async () => {
    recording = await recordAws(build(), { preview });
  });

  test("is made of a few hundred resources, each with a parent", () => {
    expect(recording.resources.length).toBeGreaterThan(200);
    const orphans = recording.resources.filter(({ parent, name }) => parent === "" && name !== "aws");
    expect(orphans.map(({ urn }) => urn)).toEqual([]);
  });

  test("names everything after its component and tags what can be tagged", () => {
    expect(recording.resources.filter(({ name }) => !name.startsWith("aws"))).toEqual([]);
    const tagged = recording.resources.filter(({ inputs }) => inputs.tags !== undefined);
    for (const { inputs } of tagged) {
      expect(inputs.tags).toMatchObject({
        Project: "tideline",
        Stack: "prod",
        Environment: "prod",
        ManagedBy: "pulumi",
      });
    }
  });

  test("says what it made, each component once", () => {
    const components = recording.resources.filter(({ custom }) => !custom);
    expect(components.filter(({ outputs }) => outputs === undefined).map(({ urn }) => urn)).toEqual([]);
  });

  test("opens nothing to everyone", () => {
    const rules = recording.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(rules.filter(({ inputs }) => String(inputs.cidrIpv4).endsWith("/0"))).toEqual([]);
  });

  test("gives no role an action or resource by wildcard", () => {
    if (preview) return;
    const policies = recording.resources.flatMap(({ inputs, name }) =>
      typeof inputs.policy === "string" ? [{ name, document: JSON.parse(inputs.policy) }] : [],
    );
    const allowed = policies.flatMap(({ name, document }) =>
      (document.Statement ?? [])
        .filter((statement: { Effect: string }) => statement.Effect === "Allow")
        .map((statement: { Action: string[]; Resource?: unknown }) => ({ name, ...statement })),
    );
    expect(allowed.length).toBeGreaterThan(20);
    expect(allowed.filter(({ Action }) => Action.some((action: string) => action.includes("*")))).toEqual([]);
    const open = allowed.filter(({ Resource }) => Resource === "*").map(({ name }) => name);
    // A key's policy is about that key alone.
    expect(open.filter((name) => !name.endsWith("-key"))).toEqual([]);
  });
});

describe("prod", () => {
  let recording: Recording<AwsFoundation>;
  beforeAll(async () => {
    recording = await recordAws(build());
  });

  test("hears of alarms on one encrypted topic, and of money at 80 and 95 per cent", async () => {
    expect(await unwrap(recording.result.alarms.channel)).toBe(
      "arn:aws:sns:us-east-1:123456789012:tideline-prod-aws-alarms",
    );
    const protocols = recording
      .ofType("aws:sns/topicSubscription:TopicSubscription")
      .map(({ inputs }) => inputs.protocol);
    expect(protocols.sort()).toEqual(["email", "https"]);
    const budget = recording.one("aws:budgets/budget:Budget").inputs;
    const at = (budget.notifications as { notificationType: string; threshold: number }[]).map(
      ({ notificationType, threshold }) => `${notificationType} ${threshold}`,
    );
    expect(at).toEqual(["ACTUAL 80", "ACTUAL 95", "FORECASTED 100"]);
    expect(recording.ofType("aws:cloudwatch/metricAlarm:MetricAlarm")).toHaveLength(8);
  });

  test("keeps the subscription's URL secret", () => {
    const [https] = recording
      .ofType("aws:sns/topicSubscription:TopicSubscription")
      .filter(({ inputs }) => inputs.protocol === "https");
    expect(https?.secretInputs).toContain("endpoint");
  });

  test("copies objects, backups and images to the second region under its own provider", () => {
    const copies = recording.one("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication");
    const replicas = recording.ofType("aws:s3/bucket:Bucket").filter(({ name }) => name.includes("replica"));
    const providers = new Set([copies, ...replicas].map(({ provider }) => provider.split("::").at(-2)));
    expect([...providers]).toEqual(["aws-recovery"]);
    expect(replicas.length).toBe(4);
    expect(recording.one("aws:ecr/replicationConfiguration:ReplicationConfiguration")).toBeDefined();
  });

  test("gives each workload the identity that it needs", async () => {
    const { identities } = recording.result;
    expect(Object.keys(identities)).toEqual(["serving", "training", "drift", "mlflow", "vault"]);
    expect(await unwrap(identities.serving?.principal ?? "")).toBe(
      "arn:aws:iam::123456789012:role/tideline-prod-aws-serving",
    );
    const policies = (role: string) =>
      recording
        .ofType("aws:iam/rolePolicy:RolePolicy")
        .filter(({ inputs }) => inputs.role === `tideline-prod-aws-${role}`)
        .map(({ inputs }) => inputs.name);
    expect(policies("serving")).toEqual(["buckets"]);
    expect(policies("drift")).toEqual(["database-password"]);
    expect(policies("mlflow").sort()).toEqual(["buckets", "database-password"]);
    expect(policies("vault")).toEqual(["seal"]);
  });

  test("lets whoever made it administer the cluster, and stays with them", () => {
    const entry = recording.one("aws:eks/accessEntry:AccessEntry");
    expect(entry.inputs.principalArn).toBe("arn:aws:iam::123456789012:role/rehearsal");
    expect(entry.ignoreChanges).toEqual(["principalArn"]);
  });

  test("watches the other cloud from here", () => {
    expect(recording.one("aws:route53/healthCheck:HealthCheck").inputs).toMatchObject({
      type: "HTTPS",
      fqdn: "api.gcp.example.com",
      port: 443,
      resourcePath: "/health",
    });
  });
});

test("a chart that knows IRSA alone gets a role bound to one service account of the issuer", async () => {
  const identities = {
    loki: { namespace: "logging", serviceAccount: "loki", buckets: { data: "write" }, irsa: true },
  } as const;
  const recording = await recordAws(build({ identities }));
  const trust = JSON.parse(String(recording.one("aws:iam/role:Role", "aws-loki").inputs.assumeRolePolicy)).Statement[0];
  expect(trust.Action).toEqual(["sts:AssumeRoleWithWebIdentity"]);
  const conditions = Object.entries(trust.Condition.StringEquals).map(([key, value]) => [key.split(":").at(-1), value]);
  expect(conditions).toEqual([
    ["aud", ["sts.amazonaws.com"]],
    ["sub", ["system:serviceaccount:logging:loki"]],
  ]);
  const annotations = await unwrap(recording.result.identities.loki?.serviceAccountAnnotations ?? {});
  expect(annotations).toEqual({
    "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/tideline-prod-aws-loki",
  });
});

test("dev can be destroyed and holds no copies", async () => {
  const { recovery, healthChecks, ...rest } = args;
  expect([recovery, healthChecks]).toHaveLength(2);
  const recording = await recordAws(() => new AwsFoundation("aws", { ...rest, stack: "dev", environment: "dev" }), {});
  expect(recording.one("aws:eks/cluster:Cluster").inputs.deletionProtection).toBe(false);
  expect(recording.ofType("aws:s3/bucket:Bucket").every(({ inputs }) => inputs.forceDestroy === true)).toBe(true);
  expect(recording.ofType("aws:s3/bucketReplicationConfig:BucketReplicationConfig")).toEqual([]);
});

test("everything wrong is said at once, with the path, before a single resource is registered", async () => {
  const wrong = build({
    accountId: "42",
    database: { instanceClass: "large", storageGb: 500 },
    cache: { nodeType: "big" },
    alarms: { contacts: { emails: ["nobody"], webhooks: { slack: "http://example.com" } }, monthlyBudget: 0 },
    recovery: { region: "us-east-1" },
    identities: { loki: { namespace: "*", serviceAccount: "loki" } },
    healthChecks: { gcp: "http://10.0.0.1/health" },
  });
  await expect(recordAws(wrong)).rejects.toThrow(
    `AwsFoundation "aws" cannot be planned:
  accountId is "42"; give the twelve digits of the account, in quotes.
  database.instanceClass is "large", which is no class of RDS; give one such as db.r6g.xlarge.
  cache.nodeType is "big", which is no node type of ElastiCache; give one such as cache.r7g.large.
  alarms.contacts.emails[0] is "nobody", which is no address; give one such as ml-on-call@example.com.
  alarms.contacts.webhooks.slack is no https:// URL; alarms are not sent in the clear. Give the URL of PagerDuty's or Slack's integration.
  alarms.monthlyBudget is 0; give US dollars a month above 0, or leave it out.
  identities.loki.namespace is "*"; give a Kubernetes name of at most 63 lower-case letters, digits and -. A wildcard would let other pods in.
  recovery.region is us-east-1, the stack's own region, where the same disaster would find it; give another.
  healthChecks.gcp.url is "http://10.0.0.1/health"; give an https:// URL with a host name that the internet knows, such as https://api.example.com/health.`,
  );
});
