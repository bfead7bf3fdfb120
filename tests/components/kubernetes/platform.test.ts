import { platformParts } from "../../../components/kubernetes/platformNamespaces";
import { platformProblems } from "../../../components/kubernetes/platformProblems";
import { KUBERNETES_RULES } from "../../../policies/kubernetes";
import { ML_RULES } from "../../../policies/ml";
import { GPU_DAEMONS, NODE_DAEMONS, POOLS, untolerated, WITHOUT_DAEMONS } from "../../support/daemonTolerations";
import { describeWithKubernetes, type KubeApi, recordedObjects } from "../../support/kubeApi";
import { clusterTarget, violations } from "../../support/kubernetesCluster";
import { platformArgs, recordPlatform } from "../../support/kubernetesPlatform";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

let prod: Awaited<ReturnType<typeof recordPlatform>>;
beforeAll(async () => {
  prod = await recordPlatform(platformArgs());
}, 60_000);

test.each([
  ["aws", "prod"],
  ["gcp", "staging"],
  ["azure", "dev"],
] as const)("on %s %s keeps every rule that is mandatory in prod", async (cloud, environment) => {
  const recording = await recordPlatform(platformArgs({}, clusterTarget({ cloud, environment })));
  expect(violations(recording, [...KUBERNETES_RULES, ...ML_RULES])).toEqual([]);
  const ours = recording.ofType(DEPLOYMENT).map(({ inputs }) => (inputs.metadata as { name: string }).name);
  expect(ours).toEqual(expect.arrayContaining(["drift", "serving"]));
});

test("it can be planned before anything exists", async () => {
  const recording = await recordPlatform(platformArgs(), true);
  expect(recording.ofType(DEPLOYMENT).length).toBeGreaterThanOrEqual(2);
});

test("drift reaches the database encrypted and its password through the cloud's store; servers tell drift of rows", () => {
  const environment = (name: string) => {
    const { spec } = prod.one(DEPLOYMENT, name).inputs as {
      spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } };
    };
    return Object.fromEntries(
      (spec.template.spec.containers[0]?.env ?? []).map((variable) => [variable.name, variable.value]),
    );
  };
  expect(environment("platform-drift")).toMatchObject({
    DATABASE_URL: "postgres://tideline@db.example.internal:5432/tideline?sslmode=no-verify",
    PGPASSWORD: undefined,
    MONITOR_INTERVAL_SECONDS: "14400",
    RETRAIN_SCORE: "0.7",
  });
  expect(environment("platform-serving")).toMatchObject({
    DRIFT_URL: "http://drift.ml-platform.svc.cluster.local:8081",
    OBJECT_STORE_URL: "s3://models?region=us-east-1",
  });
  const secret = prod.one("kubernetes:external-secrets.io/v1:ExternalSecret", "platform-drift-secrets-secret");
  expect(secret.inputs.spec).toMatchObject({ data: [{ remoteRef: { property: "password" } }] });
});

test("service accounts take on the foundation's identities", () => {
  for (const workload of ["serving", "training", "drift", "mlflow", "vault"]) {
    const account = prod.one("kubernetes:core/v1:ServiceAccount", `platform-base-${workload}-account`);
    expect(account.inputs.metadata).toMatchObject({ annotations: { "tideline.dev/test-identity": workload } });
  }
});

test("parts that are off leave nothing behind", async () => {
  const off = { enabled: false };
  const recording = await recordPlatform(
    platformArgs({
      models: {},
      drift: off,
      externalSecrets: off,
      certificates: off,
      monitoring: off,
      vault: off,
      admission: off,
      gpu: off,
      training: { ...off, model: "breast-cancer" },
    }),
  );
  const kinds = new Set(recording.ofType("kubernetes:core/v1:Namespace").map(({ name }) => name));
  expect([...kinds].sort()).toEqual(
    ["logging", "ml-platform", "mlflow", "monitoring", "vault"].map((name) => `platform-base-${name}`),
  );
  const parts = recording.resources.filter(({ type }) => type.startsWith("tideline:")).map(({ name }) => name);
  expect(parts.sort()).toEqual(["platform", "platform-base", "platform-base-network", "platform-more"]);
});

test("parts come in the order in which they stand on each other", () => {
  const place = (name: string) => prod.resources.findIndex((resource) => resource.name === name);
  const order = [
    ["platform-base-ml-platform", "platform-secrets"],
    ["platform-secrets-chart", "platform-monitoring"],
    ["platform-certificates-internal", "platform-vault"],
    ["platform-certificates-internal", "platform-gateway"],
    ["platform-admission-digests", "platform-drift"],
    ["platform-monitoring-stack", "platform-drift"],
    ["platform-drift", "platform-serving"],
    ["platform-gateway-gateway", "platform-serving"],
  ];
  for (const [first = "", second = ""] of order) {
    expect([first, place(first)]).not.toEqual([first, -1]);
    expect([first, second, place(first) < place(second)]).toEqual([first, second, true]);
  }
});

test("optional parts tell drift where to ask for retraining and where events come from, and join the way in", async () => {
  const recording = await recordPlatform(
    platformArgs({ models: {}, mlflow: { hostnames: ["mlflow.example.com"] }, kafka: {}, redis: {} }),
  );
  const { spec } = recording.one(DEPLOYMENT, "platform-drift").inputs as {
    spec: { template: { spec: { containers: { env: object[] }[] } } };
  };
  expect(spec.template.spec.containers[0]?.env).toContainEqual({
    name: "KAFKA_BROKERS",
    value: recording.result.optional.kafkaBrokers,
  });
  expect(
    recording.one("kubernetes:cert-manager.io/v1:Certificate", "platform-gateway-certificate").inputs.spec,
  ).toMatchObject({
    dnsNames: ["mlflow.example.com"],
  });
  const namespaces = recording.ofType("kubernetes:core/v1:Namespace").map(({ name }) => name);
  expect(namespaces).toEqual(expect.arrayContaining(["platform-base-kafka", "platform-base-redis"]));
});

test.each(["aws", "gcp", "azure"] as const)(
  "on %s every DaemonSet of every chart tolerates every taint of the node pools",
  async (cloud) => {
    const target = clusterTarget({ cloud, environment: "dev", nodePools: POOLS[cloud] });
    const apps = { serving: { healthUrl: "http://serving.ml-platform:8080/health/ready" } };
    const azure = { subscriptionId: "s", resourceGroup: "g" };
    const backups = cloud === "azure" ? { azure } : {};
    const args = platformArgs({ runtimeSecurity: {}, chaos: { apps }, backups }, target);
    const releases = (await recordPlatform(args)).ofType("kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs);
    const collectors = releases.filter(({ values }) => (values as { mode?: string }).mode === "daemonset");
    expect(collectors.map(({ chart }) => chart)).toEqual(["opentelemetry-collector"]);
    const pools = Object.values(POOLS[cloud]);
    expect(untolerated(releases, NODE_DAEMONS, pools)).toEqual([]);
    expect(untolerated(collectors, [{ chart: "opentelemetry-collector", tolerations: "tolerations" }], pools)).toEqual(
      [],
    );
    const withGpus = pools.filter(({ gpusPerNode }) => gpusPerNode > 0);
    expect(untolerated(releases, GPU_DAEMONS, withGpus)).toEqual([]);
    // A chart that nobody has looked at may have one.
    const known = [...NODE_DAEMONS, ...GPU_DAEMONS].map(({ chart }) => chart).concat(WITHOUT_DAEMONS);
    expect(
      releases.map(({ chart }) => String(chart).split("/").at(-1)).filter((chart) => !known.includes(chart ?? "")),
    ).toEqual([]);
  },
);

test("a model scales to zero by what Prometheus counts, with KEDA there for it", async () => {
  const vision = { name: "vision", version: "1", gpu: { pool: "gpu", count: 1 }, scaleToZero: { requestsPerPod: 20 } };
  const recording = await recordPlatform(platformArgs({ models: { vision } }));
  expect(recording.one("kubernetes:keda.sh/v1alpha1:ScaledObject").inputs.spec).toMatchObject({
    triggers: [{ metadata: { serverAddress: recording.result.monitoring?.prometheusUrl } }],
  });
  expect(recording.one("kubernetes:helm.sh/v3:Release", "platform-keda-chart").inputs).toMatchObject({ chart: "keda" });
});

test.each<[ReturnType<typeof platformArgs>, string]>([
  [
    platformArgs({
      models: {
        one: { name: "a", version: "1", hostnames: ["models.example.com"] },
        two: { name: "b", version: "1", hostnames: ["models.example.com"] },
      },
    }),
    "settings.models lead the host name models.example.com to two places; give each model and protocol names of its own.",
  ],
  [
    platformArgs({ drift: { enabled: false } }),
    "settings.drift.enabled is false, but prod serves models, which would grow wrong without an error; leave drift on.",
  ],
  [
    platformArgs({ certificates: { enabled: false }, gateway: { enabled: false } }),
    "settings.vault is there, but certificates are not, from which it has its TLS; leave certificates on, or set vault.enabled to false.",
  ],
  [
    platformArgs({ certificates: { enabled: false }, vault: { enabled: false } }),
    "settings.gateway is there, but certificates are not, from which it has its TLS; leave certificates on, or set gateway.enabled to false.",
  ],
  [
    platformArgs({
      monitoring: { enabled: false },
      models: { vision: { name: "vision", version: "1", scaleToZero: { requestsPerPod: 1 } } },
    }),
    "settings.models scale to zero by what Prometheus counts, but monitoring is off; leave it on, or leave scaleToZero out.",
  ],
  [
    withoutIdentities({ vault: {} }),
    'settings.vault is there, but the foundation on aws has no identity "vault" that may use its key to unseal; give it one, or set vault.enabled to false.',
  ],
  [
    { ...platformArgs(), image: { repository: "r.example.com/s", tag: "v2" } },
    "image.digest is not set in prod, where the tag v2 could become another image after the test; give sha256: and 64 hexadecimal digits.",
  ],
])("wrong arguments are refused while planning, %#", (args, text) => {
  expect(platformProblems(args).map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
});

function withoutIdentities(settings: Parameters<typeof platformArgs>[0]) {
  const args = platformArgs(settings);
  return { ...args, foundation: { ...args.foundation, identities: {} } };
}

test("Vault is left out where nobody could unseal it", () => {
  expect(platformProblems(withoutIdentities({}))).toEqual([]);
  expect(platformParts(withoutIdentities({})).vault).toBe(false);
  expect(platformParts(platformArgs()).vault).toBe(true);
});

describeWithKubernetes("a real API server", (startControlPlane) => {
  let api: KubeApi;
  beforeAll(async () => {
    api = await startControlPlane();
    for (const chart of ["cert-manager", "external-secrets", "kube-prometheus-stack", "gateway-api", "keda"]) {
      await api.define(chart);
    }
  }, 180_000);
  afterAll(() => api?.close(), 60_000);

  test("takes every object of a platform, in the order in which they are made", async () => {
    const recording = await recordPlatform(
      platformArgs({
        access: { "model-viewer": ["data-science"] },
        models: {
          serving: {
            name: "breast-cancer",
            version: "3",
            hostnames: ["models.example.com"],
            grpcHostnames: ["grpc.example.com"],
          },
          vision: { name: "vision", version: "1", gpu: { pool: "gpu", count: 1 }, scaleToZero: { requestsPerPod: 20 } },
        },
      }),
    );
    const objects = recordedObjects(recording.resources);
    const taken = await api.apply(objects);
    expect(objects.length).toBeGreaterThan(100);
    expect(taken).toHaveLength(objects.length);
  }, 120_000);
});
