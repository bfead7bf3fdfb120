import * as pulumi from "@pulumi/pulumi";
import { barmanStore, Postgres, type PostgresArgs } from "../../../../components/kubernetes/data/postgres";
import { clusterTarget, recordKubernetes } from "../../../support/kubernetesCluster";
import { unwrap } from "../../../support/pulumiMocks";

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";

const annotated = (arn: string): Record<string, string> => ({ "eks.amazonaws.com/role-arn": arn });

const build = (changes: Partial<PostgresArgs> = {}) =>
  recordKubernetes(
    () => new Postgres("postgres", { target: clusterTarget(), backupUrl: "s3://backups?region=us-east-1", ...changes }),
  );

test("three instances, a write on two of them before it is answered, and protected in prod", async () => {
  const recording = await build();
  const cluster = recording.one(CLUSTER);
  expect(cluster.protect).toBe(true);
  expect(cluster.inputs.spec).toMatchObject({
    instances: 3,
    enableSuperuserAccess: false,
    postgresql: { synchronous: { method: "any", number: 1 }, pg_hba: ["hostssl all all all scram-sha-256"] },
    storage: { size: "50Gi" },
    walStorage: { size: "10Gi" },
  });
  expect(await unwrap(recording.result.host)).toBe("tideline-db-rw.cnpg.svc.cluster.local");
});

test("backups each night and every segment of the log, kept 30 days, under the pod's own identity", async () => {
  const identity = { serviceAccountAnnotations: pulumi.output("arn:role").apply(annotated) };
  const recording = await build({ identity });
  expect(recording.one("kubernetes:barmancloud.cnpg.io/v1:ObjectStore").inputs.spec).toMatchObject({
    retentionPolicy: "30d",
    configuration: { destinationPath: "s3://backups/postgres", s3Credentials: { inheritFromIAMRole: true } },
  });
  expect(recording.one("kubernetes:postgresql.cnpg.io/v1:ScheduledBackup").inputs.spec).toMatchObject({
    schedule: "0 0 1 * * *",
    method: "plugin",
    pluginConfiguration: { name: "barman-cloud.cloudnative-pg.io" },
  });
  expect(recording.one(CLUSTER).inputs.spec).toMatchObject({
    plugins: [{ isWALArchiver: true, parameters: { barmanObjectName: "tideline-db-backups" } }],
    serviceAccountTemplate: { metadata: { annotations: { "eks.amazonaws.com/role-arn": "arn:role" } } },
  });
});

test("each cloud's object store is written as the plug-in reads it", () => {
  expect(barmanStore("gs://backups")).toEqual({
    destinationPath: "gs://backups/postgres",
    googleCredentials: { gkeEnvironment: true },
  });
  expect(barmanStore("azblob://backups?account=tl")).toEqual({
    destinationPath: "https://tl.blob.core.windows.net/backups/postgres",
    azureCredentials: { inheritFromAzureAD: true },
  });
  expect(() => barmanStore("file:/tmp")).toThrow(
    'Postgres cannot be backed up to "file:/tmp"; give s3://BUCKET, gs://BUCKET or azblob://CONTAINER?account=ACCOUNT.',
  );
});

test("sizes that are none are refused", async () => {
  await expect(build({ instances: 0, diskGb: 1, backupDays: 0 })).rejects.toThrow(
    [
      'Postgres "postgres" cannot be planned:',
      "  instances is 0; give a whole number from 1 to 9.",
      "  diskGb is 1; give a whole number from 5 to 16384.",
      "  backupDays is 0; give a whole number from 1 to 365.",
    ].join("\n"),
  );
});
