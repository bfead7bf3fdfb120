import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../../../components/contract";
import { PIPELINE_STEPS, type TrainingPipelineArgs } from "../../../components/kubernetes/delivery/trainingPipeline";
import { NAMESPACES } from "../../../components/kubernetes/namespaces";
import { OptionalParts, type OptionalSettings, optionalNamespaces } from "../../../components/kubernetes/optionalParts";
import { clusterTarget, objectsOf } from "../../support/kubernetesCluster";
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
