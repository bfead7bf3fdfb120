import * as pulumi from "@pulumi/pulumi";
import {
  VaultConfiguration,
  type VaultConfigurationArgs,
} from "../../../../components/kubernetes/vault/vaultConfiguration";
import { type ComputedOutputs, type Recording, record } from "../../../support/pulumiMocks";

const types = new Proxy<Record<string, ComputedOutputs>>(
  {},
  { get: (_, type) => (String(type).startsWith("vault:") ? () => ({ issuerId: "root-issuer" }) : undefined) },
);

const database = {
  host: pulumi.output("db.internal"),
  port: 5432,
  databaseName: "tideline",
  username: "tideline",
  password: "pw",
};

const build = (
  args: VaultConfigurationArgs = { database, awsRoles: { training: "arn:role" }, awsRegion: "us-east-1" },
) => record(() => new VaultConfiguration("vault", args), { types });

describe("a whole configuration", () => {
  let recording: Recording<VaultConfiguration>;
  beforeAll(async () => {
    recording = await build();
  });

  test("writes down who did what before anything can be done, on two devices", () => {
    const devices = recording.ofType("vault:index/audit:Audit");
    expect(devices.map(({ inputs }) => inputs.options)).toEqual([
      { file_path: "/vault/audit/audit.log" },
      { file_path: "stdout" },
    ]);
    const others = recording.resources.filter(({ custom, type }) => custom && type !== "vault:index/audit:Audit");
    expect(others.length).toBeGreaterThan(15);
    for (const { name, dependencies } of others) {
      for (const { urn } of devices) expect([name, ...dependencies]).toContain(urn);
    }
  });

  test("mounts kv in its second version, database, pki, transit and aws", () => {
    const mounts = recording.ofType("vault:index/mount:Mount").map(({ inputs }) => [inputs.path, inputs.type]);
    expect(mounts.sort()).toEqual([
      ["database", "database"],
      ["pki", "pki"],
      ["secret", "kv"],
      ["transit", "transit"],
    ]);
    expect(recording.one("vault:index/mount:Mount", "vault-secrets").inputs.options).toEqual({ version: "2" });
    expect(recording.one("vault:aws/secretBackendRole:SecretBackendRole").inputs).toMatchObject({
      credentialType: "assumed_role",
      roleArns: ["arn:role"],
    });
  });

  test("database users live an hour, and a day when renewed", () => {
    const roles = recording.ofType("vault:database/secretBackendRole:SecretBackendRole");
    expect(roles.map(({ inputs }) => [inputs.name, inputs.defaultTtl, inputs.maxTtl]).sort()).toEqual([
      ["readonly", 3600, 86_400],
      ["readwrite", 3600, 86_400],
    ]);
    const { inputs, secretInputs } = recording.one("vault:database/secretBackendConnection:SecretBackendConnection");
    expect(inputs.postgresql).toMatchObject({
      connectionUrl: "postgresql://{{username}}:{{password}}@db.internal:5432/tideline?sslmode=require",
    });
    expect(secretInputs).toContain("postgresql");
  });

  test("certificates hold 90 days, for names inside the cluster alone", () => {
    expect(recording.one("vault:pkiSecret/secretBackendRole:SecretBackendRole").inputs).toMatchObject({
      issuerRef: "root-issuer",
      allowedDomains: ["svc", "svc.cluster.local"],
      maxTtl: "7776000",
      allowIpSans: false,
    });
  });

  test("the key of the transit engine turns each month and can be neither exported nor deleted", () => {
    expect(recording.one("vault:transit/secretBackendKey:SecretBackendKey").inputs).toMatchObject({
      autoRotatePeriod: 2_592_000,
      exportable: false,
      deletionAllowed: false,
    });
  });

  test("a workload logs in with its own service account, with a token that is meant for Vault, to its own policy", () => {
    const roles = recording.ofType("vault:kubernetes/authBackendRole:AuthBackendRole");
    expect(
      roles
        .map(
          ({ inputs }) =>
            `${inputs.roleName} ${inputs.boundServiceAccountNamespaces}/${inputs.boundServiceAccountNames}`,
        )
        .sort(),
    ).toEqual([
      "drift ml-platform/drift",
      "mlflow mlflow/mlflow",
      "serving ml-platform/serving",
      "training ml-platform/training",
      "vault-backup vault/vault-backup",
    ]);
    for (const { inputs } of roles) {
      expect(inputs).toMatchObject({ audience: "vault", tokenPolicies: [inputs.roleName], tokenTtl: 3600 });
    }
  });
});

test("database and AWS are left out where they are not", async () => {
  const { ofType } = await build({});
  expect(ofType("vault:database/secretBackendConnection:SecretBackendConnection")).toEqual([]);
  expect(ofType("vault:aws/secretBackend:SecretBackend")).toEqual([]);
});

test("AWS roles without a region are refused", async () => {
  await expect(build({ awsRoles: { training: "arn:role" } })).rejects.toThrow(
    'VaultConfiguration "vault" cannot be planned:\n  awsRegion is missing; say in which region the roles\' credentials are asked for.',
  );
});
