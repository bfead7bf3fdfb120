import * as pulumi from "@pulumi/pulumi";
import { KubernetesPlatform, type KubernetesPlatformArgs } from "../../components/kubernetes/platform";
import type { KubernetesSettings } from "../../components/kubernetes/platformSettings";
import type { ClusterTarget } from "../../components/kubernetes/target";
import { clusterTarget, recordKubernetes } from "./kubernetesCluster";

/** Digest that every test's image has. */
export const DIGEST = `sha256:${"a".repeat(64)}`;

/** Secret ids as each cloud writes them. */
const SECRET_IDS: Readonly<Record<ClusterTarget["cloud"], string>> = {
  aws: "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds-db-1a2b3c",
  gcp: "projects/tideline-test/secrets/tideline-prod-database",
  azure: "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/tideline/secrets/database",
};

const KEY_IDS: Readonly<Record<ClusterTarget["cloud"], string>> = {
  aws: "arn:aws:kms:us-east-1:123456789012:key/1",
  gcp: "projects/tideline-test/locations/us-east1/keyRings/tideline/cryptoKeys/vault",
  azure: "https://tideline.vault.azure.net/keys/vault",
};

/** Address of a bucket or container, as each cloud's foundation writes it. */
const BUCKET_URLS: Readonly<Record<ClusterTarget["cloud"], (bucket: string) => string>> = {
  aws: (bucket) => `s3://${bucket}?region=us-east-1`,
  gcp: (bucket) => `gs://${bucket}`,
  azure: (bucket) => `azblob://${bucket}?account=tideline`,
};

/** What a foundation gives, with nothing of it real. */
export function foundationFacts(cloud: ClusterTarget["cloud"]): KubernetesPlatformArgs["foundation"] {
  const output = pulumi.output<string>;
  const identity = (of: string) => ({
    principal: output(of),
    serviceAccountAnnotations: pulumi.output({ "tideline.dev/test-identity": of }),
  });
  const identities = Object.fromEntries(
    ["serving", "training", "drift", "mlflow", "vault", "velero"].map((of) => [of, identity(of)]),
  );
  return {
    database: {
      host: output("db.example.internal"),
      port: pulumi.output(5432),
      databaseName: output("tideline"),
      username: output("tideline"),
      passwordSecret: output(SECRET_IDS[cloud]),
    },
    objects: {
      modelsUrl: output(BUCKET_URLS[cloud]("models")),
      artifactsUrl: output(BUCKET_URLS[cloud]("artifacts")),
      dataUrl: output(BUCKET_URLS[cloud]("data")),
    },
    secrets: { keyId: output(KEY_IDS[cloud]) },
    identities,
  } as unknown as KubernetesPlatformArgs["foundation"];
}

/** A platform with one model behind a host name and training by the clock, changed as asked. */
export function platformArgs(
  settings: KubernetesSettings = {},
  target: ClusterTarget = clusterTarget(),
): KubernetesPlatformArgs {
  return {
    target,
    foundation: foundationFacts(target.cloud),
    image: { repository: "registry.example.com/services", digest: DIGEST },
    settings: {
      models: { serving: { name: "breast-cancer", version: "3", hostnames: ["models.example.com"] } },
      training: { model: "breast-cancer", schedule: "0 3 * * *" },
      ...settings,
    },
  };
}

/** Records the platform on a mocked cluster. */
export function recordPlatform(args: KubernetesPlatformArgs, preview = false) {
  return recordKubernetes(() => new KubernetesPlatform("platform", args), { preview });
}
