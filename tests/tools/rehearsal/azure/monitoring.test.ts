import { AzureWorld } from "../../../support/azureCloud";

function start() {
  const world = new AzureWorld();
  const cache = world.create("redisenterprise:RedisEnterprise", {
    clusterName: "cache-1",
    sku: { name: "Balanced_B5" },
    publicNetworkAccess: "Disabled",
  });
  const criterion = (metricName: string) => ({
    criterionType: "StaticThresholdCriterion",
    name: "c",
    metricName,
    operator: "GreaterThan",
    threshold: 90,
    timeAggregation: "Average",
  });
  const alarm = (metricName: string, changes: object = {}) =>
    world.create("monitor:MetricAlert", {
      ruleName: "rule",
      location: "global",
      enabled: true,
      severity: 2,
      scopes: [cache.id],
      evaluationFrequency: "PT1M",
      windowSize: "PT5M",
      criteria: {
        odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [criterion(metricName)],
      },
      ...changes,
    });
  return { world, cache, alarm };
}

test("alarms watch metrics that their target has, over windows not shorter than the time between two looks", () => {
  const { alarm } = start();
  expect(() => alarm("cpu_percent")).toThrow(
    "BadRequest: Couldn't find a metric named cpu_percent of Microsoft.Cache/redisEnterprise.",
  );
  expect(() => alarm("usedmemorypercentage", { scopes: ["/subscriptions/s/gone"] })).toThrow("ResourceNotFound");
  expect(() => alarm("usedmemorypercentage", { evaluationFrequency: "PT15M" })).toThrow(
    "BadRequest: evaluationFrequency PT15M must not be longer than windowSize PT5M.",
  );
  expect(alarm("usedmemorypercentage").provisioningState).toBe("Succeeded");
});

test("logs are of the target's kinds, and go to one workspace once", () => {
  const world = new AzureWorld();
  const vault = world.create("keyvault:Vault", {
    vaultName: "vault-1",
    properties: { tenantId: "11111111-2222-4333-8444-555555555555", sku: { family: "A", name: "standard" } },
  });
  const workspace = world.create("operationalinsights:Workspace", {
    workspaceName: "logs",
    sku: { name: "PerGB2018" },
  });
  const send = (name: string, category: string) =>
    world.create("monitor:DiagnosticSetting", {
      name,
      resourceUri: vault.id,
      workspaceId: workspace.id,
      logs: [{ category, enabled: true }],
    });
  expect(() => send("a", "kube-audit")).toThrow(
    "BadRequest: Category 'kube-audit' is not supported for Microsoft.KeyVault/vaults.",
  );
  send("a", "AuditEvent");
  expect(() => send("b", "AuditEvent")).toThrow("is already used in diagnostic setting 'a'.");
});

test.each<[string, object, string]>([
  [
    "nobody to tell",
    { notifications: { spent80: { enabled: true, operator: "GreaterThan", threshold: 80, contactEmails: [] } } },
    "400 BadRequest: Notification spent80 must have at least one contact e-mail, role or group.",
  ],
  [
    "a start in the middle of a month",
    { timePeriod: { startDate: "2026-12-15T00:00:00Z" } },
    "400 BadRequest: Start date 2026-12-15T00:00:00Z must be the first day of a month.",
  ],
])("a budget with %s is refused", (_, changes, text) => {
  const world = new AzureWorld();
  const inputs = {
    budgetName: "b",
    scope: "/subscriptions/00000000-0000-4000-8000-00000000aaaa/resourceGroups/tideline-test",
    category: "Cost",
    amount: 100,
    timeGrain: "Monthly",
    timePeriod: { startDate: "2026-12-01T00:00:00Z" },
    ...changes,
  };
  expect(() => world.create("consumption:Budget", inputs)).toThrow(text);
});
