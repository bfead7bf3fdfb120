import * as pulumi from "@pulumi/pulumi";
import { remoteKey } from "../../../components/kubernetes/externalSecret";
import { ServiceWorkload } from "../../../components/kubernetes/serviceWorkload";
import { clusterTarget, recordKubernetes } from "../../support/kubernetesCluster";
import { driftArgs } from "../../support/workloadArgs";

test.each([
  [
    "aws",
    "arn:aws:secretsmanager:us-east-1:1:secret:db",
    { aws: { service: "SecretsManager", region: "us-east-1" } },
    "arn:aws:secretsmanager:us-east-1:1:secret:db",
  ],
  ["gcp", "projects/tideline-1/secrets/db", { gcpsm: { projectID: "tideline-1" } }, "db"],
  [
    "azure",
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv1/secrets/db",
    { azurekv: { vaultUrl: "https://kv1.vault.azure.net", authType: "WorkloadIdentity" } },
    "db",
  ],
] as const)(
  "on %s the password comes from the cloud's store under the workload's own identity",
  async (cloud, id, provider, key) => {
    const args = driftArgs({ target: clusterTarget({ cloud }), secrets: { PGPASSWORD: { id: pulumi.output(id) } } });
    const recording = await recordKubernetes(() => new ServiceWorkload("drift", args));
    expect(recording.one("kubernetes:external-secrets.io/v1:SecretStore").inputs.spec).toMatchObject({ provider });
    expect(JSON.stringify(recording.one("kubernetes:external-secrets.io/v1:SecretStore").inputs)).toContain(
      '{"name":"drift"}',
    );
    expect(recording.one("kubernetes:external-secrets.io/v1:ExternalSecret").inputs.spec).toMatchObject({
      target: { name: "drift-secrets" },
      data: [{ secretKey: "PGPASSWORD", remoteRef: { key } }],
    });
    const { spec } = recording.one("kubernetes:apps/v1:Deployment").inputs as {
      spec: { template: { spec: { containers: { env: unknown[] }[] } } };
    };
    expect(spec.template.spec.containers[0]?.env).toContainEqual({
      name: "PGPASSWORD",
      valueFrom: { secretKeyRef: { name: "drift-secrets", key: "PGPASSWORD" } },
    });
  },
);

test("an id that is none of the cloud's is refused", () => {
  expect(() => remoteKey("gcp", "db-password")).toThrow(
    'The secret "db-password" is none that can be read; give projects/PROJECT/secrets/NAME (Google Cloud) or the resource id of a Key Vault\'s secret (Azure).',
  );
});
