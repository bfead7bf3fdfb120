import { gcpFoundation } from "../../stacks/gcpFoundation";
import { parseValues } from "../support/config";
import { PROJECT, recordGcp } from "../support/gcpCloud";

const general = { machineTypes: ["n2-standard-4"], min: 1, max: 3 };

const SETTINGS = {
  project: PROJECT,
  region: "europe-west4",
  network: { cidr: "10.2.0.0/16", flowLogShare: 0.25 },
  cluster: {
    version: "1.34",
    administrators: [`deploy@${PROJECT}.iam.gserviceaccount.com`],
    privateAccessCidrs: ["10.1.0.0/16"],
    dnsEndpoint: true,
    releaseChannel: "STABLE",
    maintenanceExclusions: [{ name: "sale", start: "2026-11-25T00:00:00Z", end: "2026-11-30T00:00:00Z" }],
    binaryAuthorization: true,
    nodePools: {
      general: { ...general, maxSurge: 2, podsPerNode: 32, zones: ["europe-west4-a"] },
      shared: {
        ...general,
        machineTypes: ["g2-standard-8"],
        capacity: { reservation: "gpus" },
        gpu: { type: "nvidia-l4", sharing: { kind: "timeShared", clients: 4 }, driver: "latest" },
        taints: [{ key: "example.com/team", value: "a", effect: "NoSchedule" }],
      },
    },
  },
  database: { machineType: "db-custom-2-8192", backupLocation: "eu", postgresVersion: 16 },
  cache: { memoryGb: 6, highlyAvailable: true, readReplicas: 1 },
  objects: { versionsKept: 9, coldAfterDays: 30 },
  slack: { channel: "#ml", token: "xoxb-secret" },
  healthChecks: { other: "https://api.example.com/health?deep=1" },
  monthlyBudget: 500,
  billingAccount: "012345-6789AB-CDEF01",
  budgetCurrency: "EUR",
};

test("everything that the configuration says of Google Cloud arrives in its resources", async () => {
  const alerts = { webhooks: { chat: { gcp: "https://chat.example.com/key" } } };
  const values = { "tideline:environment": "dev", "tideline:gcp": SETTINGS, "tideline:alerts": alerts };
  const config = parseValues({ ...values, "tideline:pagerDutyKey": "key" }, "dev");
  const recording = await recordGcp(() => gcpFoundation(config, "dev"), { apis: [] });
  const one = (type: string, name: string) => recording.one(type, name).inputs;

  expect(one("gcp:container/cluster:Cluster", "gcp-cluster")).toMatchObject({
    releaseChannel: { channel: "STABLE" },
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true } },
    maintenancePolicy: { maintenanceExclusions: [{ exclusionName: "sale" }] },
  });
  expect(JSON.stringify(one("gcp:container/cluster:Cluster", "gcp-cluster"))).toContain("10.1.0.0/16");
  expect(one("gcp:container/nodePool:NodePool", "gcp-cluster-general")).toMatchObject({
    nodeLocations: ["europe-west4-a"],
    maxPodsPerNode: 32,
    upgradeSettings: { maxSurge: 2 },
  });
  const shared = JSON.stringify(one("gcp:container/nodePool:NodePool", "gcp-cluster-shared"));
  for (const word of ["TIME_SHARING", "LATEST", "gpus", "example.com/team"]) expect(shared).toContain(word);
  expect(one("gcp:sql/databaseInstance:DatabaseInstance", "gcp-database")).toMatchObject({
    databaseVersion: "POSTGRES_16",
    settings: { backupConfiguration: { location: "eu" } },
  });
  expect(one("gcp:redis/instance:Instance", "gcp-cache")).toMatchObject({ memorySizeGb: 6, replicaCount: 1 });
  const buckets = recording.ofType("gcp:storage/bucket:Bucket");
  for (const { inputs } of buckets) expect(JSON.stringify(inputs.lifecycleRules)).toContain('"numNewerVersions":9');
  expect(JSON.stringify(recording.ofType("gcp:compute/subnetwork:Subnetwork"))).toContain('"flowSampling":0.25');
  const kinds = recording.ofType("gcp:monitoring/notificationChannel:NotificationChannel");
  expect(kinds.map(({ inputs }) => inputs.type).sort()).toEqual(["pagerduty", "pubsub", "slack", "webhook_tokenauth"]);
  expect(one("gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig", "gcp-alarms-health-other")).toMatchObject({
    httpCheck: { path: "/health?deep=1" },
    monitoredResource: { labels: { host: "api.example.com" } },
  });
  expect(one("gcp:billing/budget:Budget", "gcp-alarms")).toMatchObject({
    amount: { specifiedAmount: { currencyCode: "EUR", units: "500" } },
  });
});
