import { GcpDatabase, type GcpDatabaseArgs } from "../../../components/gcp/database";
import { GcpNetwork } from "../../../components/gcp/network";
import { GcpSecrets } from "../../../components/gcp/secrets";
import { place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { unwrap } from "../../support/pulumiMocks";

type Changes = Partial<Omit<GcpDatabaseArgs, "network" | "keys">>;
const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";

function build(changes: Changes = {}) {
  return () => {
    const here = { ...place(), ...changes };
    const network = new GcpNetwork("net", { ...here, cidr: "10.2.0.0/16" });
    const { keys } = new GcpSecrets("keys", here);
    return new GcpDatabase("db", { ...here, network, keys, machineType: "db-custom-4-16384", ...changes });
  };
}

describe("the database of prod", () => {
  test("has a private address alone, TLS alone, a standby, backups and point-in-time recovery", async () => {
    for (const recording of await recordBoth(build())) {
      const { inputs } = recording.one(INSTANCE);
      expect(inputs).toMatchObject({
        databaseVersion: "POSTGRES_17",
        deletionProtection: true,
        settings: {
          tier: "db-custom-4-16384",
          edition: "ENTERPRISE",
          availabilityType: "REGIONAL",
          deletionProtectionEnabled: true,
          diskType: "PD_SSD",
          diskSize: 100,
          diskAutoresize: true,
          diskAutoresizeLimit: 400,
          ipConfiguration: { ipv4Enabled: false, sslMode: "ENCRYPTED_ONLY" },
          backupConfiguration: {
            enabled: true,
            pointInTimeRecoveryEnabled: true,
            transactionLogRetentionDays: 7,
            backupRetentionSettings: { retainedBackups: 7 },
            location: "europe-west4",
          },
          finalBackupConfig: { enabled: true, retentionDays: 30 },
          insightsConfig: { queryInsightsEnabled: true, recordClientAddress: false },
        },
      });
    }
  });

  test("logs slow statements with their plans, and keeps statement statistics", async () => {
    const recording = await recordGcp(build());
    const { databaseFlags } = recording.one(INSTANCE).inputs.settings as {
      databaseFlags: { name: string; value: string }[];
    };
    expect(Object.fromEntries(databaseFlags.map(({ name, value }) => [name, value]))).toMatchObject({
      log_min_duration_statement: "1000",
      "auto_explain.log_min_duration": "1000",
      "pg_stat_statements.track": "all",
    });
  });

  test("is reached inside the range lent to Google, with the password in Secret Manager", async () => {
    const { result } = await recordGcp(build());
    expect(await unwrap(result.host)).toMatch(/^10\.2\.(3[2-9]|4[0-7])\.\d+$/);
    expect(await unwrap(result.port)).toBe(5432);
    expect(await unwrap(result.databaseName)).toBe("tideline");
    expect(await unwrap(result.passwordSecret)).toBe("projects/acme-ml-prod/secrets/tideline-prod-db-password");
  });

  test("leaves user and database to go with the instance, since Postgres drops neither in use", async () => {
    const recording = await recordGcp(build());
    for (const type of ["gcp:sql/user:User", "gcp:sql/database:Database"]) {
      expect(recording.one(type).inputs.deletionPolicy).toBe("ABANDON");
    }
  });
});

test.each<[string, Changes, object]>([
  [
    "off prod it is small, alone, and may go",
    { environment: "dev", machineType: "db-f1-micro" },
    {
      availabilityType: "ZONAL",
      deletionProtectionEnabled: false,
      finalBackupConfig: { enabled: false },
      insightsConfig: { queryInsightsEnabled: false },
    },
  ],
  [
    "Enterprise Plus keeps logs for longer",
    { machineType: "db-perf-optimized-N-8", backupRetentionDays: 30 },
    {
      edition: "ENTERPRISE_PLUS",
      backupConfiguration: { transactionLogRetentionDays: 30 },
    },
  ],
  ["backups can outlive the region", { backupLocation: "eu" }, { backupConfiguration: { location: "eu" } }],
  ["storage stops growing at the cloud's limit", { storageGb: 60_000 }, { diskAutoresizeLimit: 65_536 }],
])("%s", async (_, changes, settings) => {
  expect((await recordGcp(build(changes))).one(INSTANCE).inputs.settings).toMatchObject(settings);
});

describe("wrong arguments are refused", () => {
  test.each<[string, Changes, string]>([
    ["little storage", { storageGb: 5 }, "storageGb is 5; allowed are whole GiB from 10 to 65536."],
    ["no backup", { backupRetentionDays: 0 }, "backupRetentionDays is 0; allowed are 1 to 365 daily backups."],
    [
      "Postgres's own prefix",
      { databaseName: "pg_data" },
      'databaseName is "pg_data"; allowed are up to 63 lower-case letters, digits and _, not beginning with a digit or pg_.',
    ],
    [
      "no standby and no protection in prod",
      { highlyAvailable: false, deletionProtection: false },
      "highlyAvailable and deletionProtection are both off in prod; keep one of them, or make the stack's environment staging.",
    ],
    [
      "an odd number of processors",
      { machineType: "db-custom-3-8192" },
      'machineType is "db-custom-3-8192" with 3 vCPUs; allowed are 1 and even numbers to 96.',
    ],
  ])("%s", async (_, changes, text) => {
    await expect(recordGcp(build(changes))).rejects.toThrow(`GcpDatabase "db" cannot be planned:\n  ${text}`);
  });
});
