import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../../../components/contract";
import { ClusterBase } from "../../../components/kubernetes/base";
import { CanaryRelease } from "../../../components/kubernetes/delivery/canaryRelease";
import { PIPELINE_STEPS, type TrainingPipelineArgs } from "../../../components/kubernetes/delivery/trainingPipeline";
import { NAMESPACES } from "../../../components/kubernetes/namespaces";
import { OptionalParts, type OptionalSettings, optionalNamespaces } from "../../../components/kubernetes/optionalParts";
import { Certificates } from "../../../components/kubernetes/security/certificates";
import { VaultBackup } from "../../../components/kubernetes/vault/vaultBackup";
import { VaultServer } from "../../../components/kubernetes/vault/vaultServer";
import { eventually } from "../../support/eventually";
import { describeWithKubernetes, type KubeApi } from "../../support/kubeApi";
import { clusterTarget, type KubernetesObject, objectsOf } from "../../support/kubernetesCluster";
import { type ComputedOutputs, record } from "../../support/pulumiMocks";

const types = new Proxy<Record<string, ComputedOutputs>>(
  {},
  { get: (_, type) => (/^(?:kubernetes|random):/.test(String(type)) ? () => ({ result: "generated" }) : undefined) },
);

const identity = (name: string) => ({
  principal: pulumi.output(`arn:${name}`),
  serviceAccountAnnotations: pulumi.output(name).apply((role): Record<string, string> => ({ role })),
});

const foundation = {
  database: {
    host: pulumi.output("db.internal"),
    port: pulumi.output(5432),
    databaseName: pulumi.output("tideline"),
    username: pulumi.output("tideline"),
    passwordSecret: pulumi.output("arn:secret"),
  },
  objects: { artifactsUrl: pulumi.output("s3://artifacts?region=us-east-1") },
  identities: { velero: identity("velero"), cnpg: identity("cnpg") },
} as unknown as Pick<Foundation, "database" | "objects" | "identities">;

const build = (settings: OptionalSettings, given = foundation) =>
  record(() => new OptionalParts("parts", { target: clusterTarget(), foundation: given, settings }), { types });

const steps = Object.fromEntries(
  Object.keys(PIPELINE_STEPS).map((step) => [step, { image: "registry.example/step@sha256:0" }]),
) as TrainingPipelineArgs["steps"];

const EVERYTHING: Required<OptionalSettings> = {
  mlflow: {},
  redis: {},
  kafka: {},
  postgres: {},
  argoCd: { repository: "https://git.example.org/ml.git", path: "apps" },
  argoRollouts: {},
  trainingPipeline: { steps, model: "fraud" },
  backups: {},
  chaos: { apps: { serving: { healthUrl: "http://serving:8080/health/ready" } } },
  runtimeSecurity: {},
  signIn: {
    issuerUrl: "https://login.example.org",
    credentialsSecret: "sign-in",
    mailDomains: ["example.org"],
    upstreams: { "/mlflow/": "http://mlflow.mlflow.svc:5000" },
    hostname: "tools.example.org",
  },
};

test("nothing is there that no section names", async () => {
  const { resources } = await build({});
  expect(resources.filter(({ custom }) => custom)).toEqual([]);
  expect(optionalNamespaces({})).toEqual([]);
});

test("a section brings its part in its default size, unless it switches it off", async () => {
  const on = await build({ mlflow: {} });
  expect(objectsOf(on).map(({ kind }) => kind)).toContain("Deployment");
  expect(on.result.mlflowUrl).toBe("http://mlflow.mlflow.svc.cluster.local:5000");
  expect(objectsOf(await build({ mlflow: { enabled: false } }))).toEqual([]);
});

test("everything at once: every object's namespace is made, and said what it is for", async () => {
  const recording = await build(EVERYTHING);
  const made = ["ml-platform", "mlflow", "vault", ...optionalNamespaces(EVERYTHING)];
  const used = recording.resources.flatMap(({ custom, inputs }) => {
    const { namespace } = { ...(inputs.metadata as object), ...inputs } as { namespace?: string };
    return custom && namespace !== undefined ? [namespace] : [];
  });
  expect(new Set(used).size).toBeGreaterThan(10);
  expect(used.filter((namespace) => !made.includes(namespace))).toEqual([]);
  expect(made.filter((namespace) => !(namespace in NAMESPACES))).toEqual([]);
  expect(recording.result.kafkaBrokers).toBe("tideline-kafka-bootstrap.kafka.svc.cluster.local:9092");
  expect(recording.result.retrainUrl).toBe("http://el-retrain.ml-platform.svc.cluster.local:8080");
});

test("backups that nobody may write are refused", async () => {
  await expect(build({ backups: {} }, { ...foundation, identities: {} })).rejects.toThrow(
    'needs an identity "velero" of the foundation that may write to the object store; there is none. Leave backups out, or give the foundation that workload.',
  );
});

describeWithKubernetes("a real API server", (startControlPlane) => {
  /** Operators whose definitions no Go module carries as they are; Strimzi is written in Java. */
  const UNDEFINED = ["kafka.strimzi.io/v1", "chaos-mesh.org/v1alpha1"];
  const DEFINED = [
    "cert-manager",
    "gateway-api",
    "argo-cd",
    "argo-rollouts",
    "external-secrets",
    "base",
    "cloudnative-pg",
    "plugin-barman-cloud",
    "tekton-operator",
  ];
  let api: KubeApi;
  let objects: readonly KubernetesObject[];

  beforeAll(async () => {
    api = await startControlPlane();
    // One after the other: a busy machine takes long to serve so many kinds at once.
    for (const chart of DEFINED) await api.define(chart);
    objects = objectsOf(await record(wholeCluster, { types }));
  }, 400_000);
  afterAll(() => api?.close(), 60_000);

  test("takes every object, field by field", async () => {
    const known = objects.filter(({ apiVersion }) => !UNDEFINED.includes(apiVersion));
    expect(known.length).toBeGreaterThan(100);
    await expect(api.apply(known)).resolves.toHaveLength(known.length);
  }, 240_000);

  test("takes every pod at its namespace's security level", async () => {
    const pods = objects.flatMap(podOf);
    expect(pods.map(({ metadata }) => metadata.name).sort()).toEqual(["kube-bench", "mlflow", "redis", "vault-backup"]);
    for (const pod of pods) expect(await api.refusal(pod)).toBe("");
  }, 60_000);

  test("runs MLflow: three replicas on simulated nodes", async () => {
    await eventually(async () => {
      const mlflow = { apiVersion: "apps/v1", kind: "Deployment", namespace: "mlflow", name: "mlflow" };
      const found = await api.client.get(mlflow);
      expect(found?.status).toMatchObject({ availableReplicas: 3 });
    }, 90);
  }, 120_000);
});

/** The base of a cluster with everything of these parts on it, and a canary of its model server. */
function wholeCluster(): void {
  const target = clusterTarget();
  const namespaces = ["gateway", "cert-manager", ...optionalNamespaces(EVERYTHING)];
  const base = new ClusterBase("base", { target, namespaces });
  const after = { dependsOn: base };
  new Certificates("certificates", { target }, after);
  new OptionalParts("parts", { target, foundation, settings: EVERYTHING }, after);
  const { address } = new VaultServer("vault", { target, keyId: "arn:aws:kms:k" }, after);
  new VaultBackup("backup", { target, storeUrl: foundation.objects.artifactsUrl, address }, after);
  const selector = { "app.kubernetes.io/name": "serving" };
  const traffic = { hostnames: ["models.example.org"], istio: true };
  new CanaryRelease("canary", { workload: "serving", selector, port: 8080, replicas: 3, traffic }, after);
}

/** A pod as the object's controller would make it. */
function podOf({ kind, metadata, spec = {} }: KubernetesObject): KubernetesObject[] {
  const {
    template,
    jobTemplate,
    volumeClaimTemplates = [],
  } = spec as {
    template?: PodTemplate;
    jobTemplate?: { spec: { template: PodTemplate } };
    volumeClaimTemplates?: { metadata: { name: string } }[];
  };
  const ofController = { CronJob: jobTemplate?.spec.template, Deployment: template, StatefulSet: template };
  const found = ofController[kind as keyof typeof ofController];
  if (!found) return [];
  const { labels } = found.metadata;
  const claims = volumeClaimTemplates.map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-0` },
  }));
  const volumes = [...(found.spec.volumes ?? []), ...claims];
  return [{ apiVersion: "v1", kind: "Pod", metadata: { ...metadata, labels }, spec: { ...found.spec, volumes } }];
}

interface PodTemplate {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: { readonly volumes?: readonly object[] };
}
