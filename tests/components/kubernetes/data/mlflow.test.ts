import * as pulumi from "@pulumi/pulumi";
import { Mlflow, type MlflowArgs, mlflowArtifacts } from "../../../../components/kubernetes/data/mlflow";
import { clusterTarget, objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const database = {
  host: pulumi.output("db.internal"),
  port: pulumi.output(5432),
  databaseName: pulumi.output("tideline"),
  username: pulumi.output("tideline"),
  passwordSecret: pulumi.output("arn:aws:secretsmanager:us-east-1:1:secret:db"),
};

const build = (changes: Partial<MlflowArgs> = {}) =>
  recordKubernetes(
    () =>
      new Mlflow("mlflow", {
        target: clusterTarget(),
        database,
        artifactsUrl: "s3://artifacts?region=us-east-1",
        ...changes,
      }),
  );

async function deployment(changes?: Partial<MlflowArgs>) {
  const found = objectsOf(await build(changes)).find(({ kind }) => kind === "Deployment");
  return { found, text: JSON.stringify(found) };
}

test("runs are in Postgres, artifacts in the object store, and the password in neither", async () => {
  const { text } = await deployment();
  expect(text).toContain("--artifacts-destination=s3://artifacts/mlflow");
  expect(text).toContain('{"name":"PGHOST","value":"db.internal"}');
  expect(text).toContain('"secretKeyRef":{"key":"password","name":"mlflow-database"}');
  expect(text).toContain("search_path%3Dmlflow");
  expect(text).toContain("CREATE SCHEMA IF NOT EXISTS mlflow");
});

test("three replicas in prod, two elsewhere, one budget for all", async () => {
  const replicas = async (changes?: Partial<MlflowArgs>) => (await deployment(changes)).found?.spec;
  expect(await replicas()).toMatchObject({ replicas: 3, strategy: { rollingUpdate: { maxUnavailable: 0 } } });
  expect(await replicas({ target: clusterTarget({ environment: "dev" }) })).toMatchObject({ replicas: 2 });
  expect(await replicas({ replicas: 5 })).toMatchObject({ replicas: 5 });
  const kinds = objectsOf(await build()).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(["Deployment", "ExternalSecret", "PodDisruptionBudget", "SecretStore", "Service"]);
});

test("a request under a name that is not its own is refused by the server", async () => {
  const { text } = await deployment({ hostnames: ["mlflow.example.org"] });
  expect(text).toMatch(
    /--allowed-hosts=mlflow,mlflow:5000,.*mlflow\.mlflow\.svc\.cluster\.local:5000,mlflow\.example\.org"/,
  );
});

test("artifacts' addresses are written as MLflow reads them", () => {
  expect(mlflowArtifacts("gs://artifacts")).toBe("gs://artifacts/mlflow");
  expect(mlflowArtifacts("azblob://artifacts?account=tlprod")).toBe(
    "wasbs://artifacts@tlprod.blob.core.windows.net/mlflow",
  );
  expect(() => mlflowArtifacts("file:/tmp")).toThrow(
    'MLflow cannot keep artifacts at "file:/tmp"; give s3://BUCKET, gs://BUCKET or azblob://CONTAINER?account=ACCOUNT.',
  );
});

test("a number of replicas that is none is refused", async () => {
  await expect(build({ replicas: 0 })).rejects.toThrow(
    'Mlflow "mlflow" cannot be planned:\n  replicas is 0; give a whole number from 1 to 20.',
  );
});
