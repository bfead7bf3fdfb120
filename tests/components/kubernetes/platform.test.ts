import { platformProblems } from "../../../components/kubernetes/platformProblems";
import { KUBERNETES_RULES } from "../../../policies/kubernetes";
import { ML_RULES } from "../../../policies/ml";
import { clusterTarget, violations } from "../../support/kubernetesCluster";
import { platformArgs, recordPlatform } from "../../support/kubernetesPlatform";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

describe.each(["aws", "gcp", "azure"] as const)("on %s", (cloud) => {
  test.each(["dev", "staging", "prod"] as const)(
    "%s keeps every rule that is mandatory in prod",
    async (environment) => {
      const args = platformArgs({}, clusterTarget({ cloud, environment }));
      const recording = await recordPlatform(args);
      expect(violations(recording, [...KUBERNETES_RULES, ...ML_RULES])).toEqual([]);
      const ours = recording.ofType(DEPLOYMENT).map(({ inputs }) => (inputs.metadata as { name: string }).name);
      expect(ours).toEqual(expect.arrayContaining(["drift", "serving"]));
    },
  );
});

test("it can be planned before anything exists", async () => {
  const recording = await recordPlatform(platformArgs(), true);
  expect(recording.ofType(DEPLOYMENT).length).toBeGreaterThanOrEqual(2);
});

test("drift reaches the database encrypted and its password through the cloud's store; servers tell drift of rows", async () => {
  const recording = await recordPlatform(platformArgs());
  const environment = (name: string) => {
    const { spec } = recording.one(DEPLOYMENT, name).inputs as {
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
  const secret = recording.one("kubernetes:external-secrets.io/v1:ExternalSecret", "platform-drift-secrets-secret");
  expect(secret.inputs.spec).toMatchObject({ data: [{ remoteRef: { property: "password" } }] });
});

test("service accounts take on the foundation's identities", async () => {
  const recording = await recordPlatform(platformArgs());
  for (const workload of ["serving", "training", "drift", "mlflow", "vault"]) {
    const account = recording.one("kubernetes:core/v1:ServiceAccount", `platform-base-${workload}-account`);
    expect(account.inputs.metadata).toMatchObject({ annotations: { "tideline.dev/test-identity": workload } });
  }
});

test("parts that are off leave nothing behind", async () => {
  const recording = await recordPlatform(
    platformArgs({
      models: {},
      drift: { enabled: false },
      externalSecrets: { enabled: false },
      certificates: { enabled: false },
    }),
  );
  expect(recording.ofType(DEPLOYMENT)).toEqual([]);
  const namespaces = recording.ofType("kubernetes:core/v1:Namespace").map(({ inputs }) => inputs.metadata);
  expect(namespaces).not.toContainEqual(expect.objectContaining({ name: "external-secrets" }));
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
    { ...platformArgs(), image: { repository: "r.example.com/s", tag: "v2" } },
    "image.digest is not set in prod, where the tag v2 could become another image after the test; give sha256: and 64 hexadecimal digits.",
  ],
])("wrong arguments are refused while planning, %#", (args, text) => {
  expect(platformProblems(args).map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
});
