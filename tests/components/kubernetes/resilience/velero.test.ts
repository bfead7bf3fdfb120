import * as pulumi from "@pulumi/pulumi";
import { storageLocation, Velero, type VeleroArgs } from "../../../../components/kubernetes/resilience/velero";
import { clusterTarget, recordKubernetes } from "../../../support/kubernetesCluster";

const annotated = (arn: string): Record<string, string> => ({ "eks.amazonaws.com/role-arn": arn });
const identity = {
  principal: pulumi.output("arn:role"),
  serviceAccountAnnotations: pulumi.output("arn:role").apply(annotated),
};

const values = async (changes: Partial<VeleroArgs> = {}) => {
  const recording = await recordKubernetes(
    () =>
      new Velero("velero", {
        target: clusterTarget(),
        storeUrl: "s3://backups?region=us-east-1",
        identity,
        ...changes,
      }),
  );
  return recording.one("kubernetes:helm.sh/v3:Release").inputs.values;
};

test("each night at two everything goes to the object store for 30 days, disks with it", async () => {
  expect(await values()).toMatchObject({
    credentials: { useSecret: false },
    configuration: {
      backupStorageLocation: [
        { provider: "aws", bucket: "backups", prefix: "velero", default: true, config: { region: "us-east-1" } },
      ],
      features: "EnableCSI",
    },
    serviceAccount: { server: { name: "velero", annotations: { "eks.amazonaws.com/role-arn": "arn:role" } } },
    deployNodeAgent: true,
    schedules: {
      daily: {
        schedule: "0 2 * * *",
        template: { ttl: "720h0m0s", includedNamespaces: ["*"], snapshotMoveData: true },
      },
    },
  });
});

test("what reads disks tolerates the taints of every pool", async () => {
  expect(await values()).toMatchObject({ nodeAgent: { tolerations: [{ operator: "Exists" }] } });
});

test("each cloud's own store, under the pod's identity", () => {
  expect(storageLocation("gcp", "gs://backups", "us-east1")).toEqual({
    bucket: "backups",
    prefix: "velero",
    config: {},
  });
  const azure = { subscriptionId: "sub", resourceGroup: "group" };
  expect(storageLocation("azure", "azblob://backups?account=tl", "westeurope", azure).config).toEqual({
    storageAccount: "tl",
    subscriptionId: "sub",
    resourceGroup: "group",
    useAAD: "true",
  });
  expect(() => storageLocation("azure", "azblob://backups?account=tl", "westeurope")).toThrow(
    "Velero on azure needs the storage account in the URL, and azure.subscriptionId and azure.resourceGroup.",
  );
  expect(() => storageLocation("aws", "gs://backups", "us-east-1")).toThrow(
    'Velero on aws cannot back up to "gs://backups"; give an object store of the same cloud.',
  );
});

test("what cannot be scheduled or kept is refused", async () => {
  const azure = clusterTarget({ cloud: "azure" });
  await expect(values({ target: azure, keepDays: 0, schedule: "nightly" })).rejects.toThrow(
    [
      'Velero "velero" cannot be planned:',
      "  keepDays is 0; give whole days from 1 to 3650.",
      '  schedule is "nightly"; give the five fields of a cron expression, such as 0 2 * * *.',
      "  azure is missing; name the subscription and the resource group of the storage account.",
    ].join("\n"),
  );
});
