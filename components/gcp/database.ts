import * as sql from "@pulumi/gcp/sql";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Database } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { databaseTier, databaseTierProblem } from "./databaseTier";
import { GcpPasswordSecret } from "./passwordSecret";
import { type GcpPlace, protects, standardLabels } from "./place";

export interface GcpDatabaseArgs extends GcpPlace {
  readonly network: { readonly networkId: pulumi.Input<string>; readonly privateServicesRange: pulumi.Input<string> };
  /** Cloud SQL tier: db-custom-CPUS-MEGABYTES, db-perf-optimized-N-CPUS, and off prod db-g1-small or db-f1-micro. */
  readonly machineType: string;
  /** Keys of the instance's storage and of the password's secret. */
  readonly keys: { readonly database: pulumi.Input<string>; readonly secrets: pulumi.Input<string> };
  /** Major version of Postgres. @default 17 */
  readonly postgresVersion?: 14 | 15 | 16 | 17;
  /** Storage to begin with, GiB, 10 to 65536; it grows by itself to four times as much. @default 100 */
  readonly storageGb?: number;
  /** Standby in another zone. @default on in prod */
  readonly highlyAvailable?: boolean | undefined;
  /** Days that daily backups are kept, 1 to 365. @default 7 */
  readonly backupRetentionDays?: number;
  /** Region or multi-region of the backups; another than the database's survives the region. @default the database's */
  readonly backupLocation?: string;
  /** @default "tideline" */
  readonly databaseName?: string;
  /** @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

/** Storage may grow to this many times what it began with. */
const GROWTH = 4;

/** Postgres settings that every cloud's database has; statement statistics, plans of slow statements. */
const FLAGS = {
  "cloudsql.enable_auto_explain": "on",
  "auto_explain.log_min_duration": "1000",
  "cloudsql.enable_pgaudit": "on",
  "cloudsql.iam_authentication": "on",
  log_min_duration_statement: "1000",
  log_connections: "on",
  log_disconnections: "on",
  "pg_stat_statements.track": "all",
} as const;

/** Cloud SQL for Postgres with a private address only, TLS only, backups and point-in-time recovery. */
export class GcpDatabase extends pulumi.ComponentResource implements Database {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly username: pulumi.Output<string>;
  readonly passwordSecret: pulumi.Output<string>;
  /** PROJECT:REGION:INSTANCE, what the Cloud SQL connectors want. */
  readonly connectionName: pulumi.Output<string>;

  constructor(name: string, args: GcpDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpDatabase", name, databaseProblems(args));
    super("tideline:gcp:Database", name, {}, opts);
    const { stack, project, databaseName = "tideline" } = args;
    // A name is taken for a week after its instance went.
    const suffix = new random.RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const instance = new sql.DatabaseInstance(
      name,
      {
        name: suffix.hex.apply((hex) => physicalName({ stack, component: name, suffix: hex }, NAME_LIMITS.gcpDatabase)),
        ...instanceInputs(name, args),
      },
      // An instance is an hour's work and all the data; the clouds take long over it.
      { parent: this, customTimeouts: { create: "90m", update: "90m", delete: "60m" } },
    );
    const database = new sql.Database(
      name,
      // Left behind on purpose: it goes with the instance, and cannot go while somebody is connected.
      { name: databaseName, instance: instance.name, project, deletionPolicy: "ABANDON" },
      { parent: this },
    );
    const password = new random.RandomPassword(`${name}-password`, { length: 32, special: false }, { parent: this });
    const user = new sql.User(
      name,
      // Likewise: Postgres drops no role that owns a table.
      { name: "tideline", instance: instance.name, project, password: password.result, deletionPolicy: "ABANDON" },
      { parent: this },
    );
    const secret = new GcpPasswordSecret(
      `${name}-password`,
      { ...args, part: "password", owner: name, password: password.result, key: args.keys.secrets },
      { parent: this },
    );
    this.host = instance.privateIpAddress;
    this.port = pulumi.output(5432);
    this.databaseName = database.name;
    this.username = user.name;
    this.passwordSecret = secret.secretName;
    this.connectionName = instance.connectionName;
    this.registerOutputs({
      host: this.host,
      port: this.port,
      databaseName: this.databaseName,
      username: this.username,
      passwordSecret: this.passwordSecret,
    });
  }
}

/** All that is wrong with the arguments. */
export function databaseProblems(args: Omit<GcpDatabaseArgs, "network" | "keys">): readonly ArgumentProblem[] {
  const { machineType, environment, storageGb = 100, backupRetentionDays = 7, databaseName = "tideline" } = args;
  const wrongTier = databaseTierProblem(machineType, environment);
  return [
    ...problemIf(wrongTier !== undefined, "machineType", wrongTier ?? ""),
    ...problemIf(
      !Number.isInteger(storageGb) || storageGb < 10 || storageGb > 65_536,
      "storageGb",
      `is ${storageGb}; allowed are whole GiB from 10 to 65536.`,
    ),
    ...problemIf(
      !Number.isInteger(backupRetentionDays) || backupRetentionDays < 1 || backupRetentionDays > 365,
      "backupRetentionDays",
      `is ${backupRetentionDays}; allowed are 1 to 365 daily backups.`,
    ),
    ...problemIf(
      !/^[a-z_][a-z0-9_]{0,62}$/.test(databaseName) || databaseName.startsWith("pg_"),
      "databaseName",
      `is "${databaseName}"; allowed are up to 63 lower-case letters, digits and _, not beginning with a digit or pg_.`,
    ),
    ...problemIf(
      environment === "prod" && args.highlyAvailable === false && args.deletionProtection === false,
      "highlyAvailable",
      "and deletionProtection are both off in prod; keep one of them, or make the stack's environment staging.",
    ),
  ];
}

function instanceInputs(name: string, args: GcpDatabaseArgs): sql.DatabaseInstanceArgs {
  const { project, region, network, machineType, keys, storageGb = 100, postgresVersion = 17 } = args;
  const { environment, highlyAvailable = environment === "prod" } = args;
  const protection = protects(args, args.deletionProtection);
  const tier = databaseTier(machineType);
  return {
    project,
    region,
    databaseVersion: `POSTGRES_${postgresVersion}`,
    encryptionKeyName: keys.database,
    // The provider's own refusal; deletionProtectionEnabled is the cloud's, which holds in the console too.
    deletionProtection: protection,
    settings: {
      tier: machineType,
      edition: tier?.edition ?? "ENTERPRISE",
      availabilityType: highlyAvailable ? "REGIONAL" : "ZONAL",
      deletionProtectionEnabled: protection,
      diskType: "PD_SSD",
      diskSize: storageGb,
      diskAutoresize: true,
      diskAutoresizeLimit: Math.min(storageGb * GROWTH, 65_536),
      connectorEnforcement: "NOT_REQUIRED",
      ipConfiguration: {
        ipv4Enabled: false,
        privateNetwork: network.networkId,
        allocatedIpRange: network.privateServicesRange,
        enablePrivatePathForGoogleCloudServices: true,
        sslMode: "ENCRYPTED_ONLY",
      },
      backupConfiguration: backups(args, tier?.mostLogDays ?? 7),
      finalBackupConfig: { enabled: protection, ...(protection ? { retentionDays: 30 } : {}) },
      retainBackupsOnDelete: protection,
      // Sunday, 03:00 UTC.
      maintenanceWindow: { day: 7, hour: 3, updateTrack: "stable" },
      insightsConfig: {
        queryInsightsEnabled: !tier?.sharedCore,
        queryPlansPerMinute: tier?.sharedCore ? 0 : 5,
        queryStringLength: 1024,
        recordApplicationTags: true,
        recordClientAddress: false,
      },
      databaseFlags: Object.entries(FLAGS).map(([flag, value]) => ({ name: flag, value })),
      userLabels: standardLabels(args, name),
    },
  };
}

function backups({ region, backupRetentionDays = 7, backupLocation }: GcpDatabaseArgs, mostLogDays: number) {
  return {
    enabled: true,
    startTime: "02:00",
    location: backupLocation ?? region,
    pointInTimeRecoveryEnabled: true,
    transactionLogRetentionDays: Math.min(backupRetentionDays, mostLogDays),
    backupRetentionSettings: { retainedBackups: backupRetentionDays, retentionUnit: "COUNT" },
  };
}
