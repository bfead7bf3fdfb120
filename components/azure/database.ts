import * as postgresql from "@pulumi/azure-native/dbforpostgresql";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Database } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { databaseSizeProblem, databaseSku, storageSize } from "./databaseSize";
import { createDeletionLock } from "./deletionLock";
import { hasZones } from "./locations";
import { AzurePasswordSecret } from "./passwordSecret";
import { type AzurePlace, protects, standardTags } from "./place";
import type { PrivateZones } from "./privateZones";

export interface AzureDatabaseArgs extends AzurePlace {
  readonly network: { readonly databaseSubnetIds: pulumi.Input<string[]>; readonly privateZones: PrivateZones };
  /** Vault that keeps the password, and the tenant whose accounts may log in. */
  readonly vault: { readonly vaultName: pulumi.Input<string>; readonly tenantId: string };
  /** Tier and size, such as GP_Standard_D4s_v3, and off prod B_Standard_B1ms. */
  readonly machineType: string;
  /** Major version of Postgres. @default 17 */
  readonly postgresVersion?: 14 | 15 | 16 | 17;
  /** Storage to begin with, GiB, up to 32768; rounded up to what Azure offers, and grows by itself. @default 128 */
  readonly storageGb?: number;
  /** Standby in another zone. @default on in prod */
  readonly highlyAvailable?: boolean | undefined;
  /** Days that backups are kept, 7 to 35. @default 7 */
  readonly backupRetentionDays?: number;
  /** Backups in the paired location too; only a new server can change it. @default on in prod */
  readonly geoRedundantBackup?: boolean;
  /** @default "tideline" */
  readonly databaseName?: string;
  /** @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

/** Postgres settings that take effect at once: TLS, slow statements, who comes and goes, and Query Store. */
const SETTINGS: Readonly<Record<string, string>> = {
  require_secure_transport: "on",
  ssl_min_protocol_version: "TLSv1.2",
  log_min_duration_statement: "1000",
  log_connections: "on",
  log_disconnections: "on",
  "pg_stat_statements.track": "all",
  "pg_qs.query_capture_mode": "top",
  "connection_throttle.enable": "on",
};

/** PostgreSQL flexible server inside the network, TLS only, with backups and point-in-time recovery. */
export class AzureDatabase extends pulumi.ComponentResource implements Database {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly username: pulumi.Output<string>;
  readonly passwordSecret: pulumi.Output<string>;
  readonly serverId: pulumi.Output<string>;

  constructor(name: string, args: AzureDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureDatabase", name, databaseProblems(args));
    super("tideline:azure:Database", name, {}, opts);
    const { stack, resourceGroupName, databaseName = "tideline" } = args;
    // Part of the server's name in the world's DNS.
    const suffix = new random.RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const password = new random.RandomPassword(
      `${name}-password`,
      // Azure wants three kinds of characters in it.
      { length: 32, special: false, minLower: 1, minUpper: 1, minNumeric: 1 },
      { parent: this },
    );
    const protection = protects(args, args.deletionProtection);
    const server = new postgresql.Server(
      name,
      {
        serverName: suffix.hex.apply((hex) =>
          physicalName({ stack, component: name, suffix: hex }, NAME_LIMITS.azureDatabase),
        ),
        ...serverInputs(name, args),
        administratorLoginPassword: pulumi.secret(password.result),
      },
      {
        parent: this,
        protect: protection,
        // Azure grows the storage by itself, and moves the server to its standby's zone in a failover.
        ignoreChanges: ["availabilityZone", "highAvailability.standbyAvailabilityZone"],
        customTimeouts: { create: "60m", update: "90m", delete: "60m" },
      },
    );
    if (protection) createDeletionLock(this, name, server.id);
    const database = new postgresql.Database(
      name,
      { databaseName, serverName: server.name, resourceGroupName, charset: "UTF8", collation: "en_US.utf8" },
      { parent: this },
    );
    const settings = createSettings(this, name, resourceGroupName, server, database);
    const secret = new AzurePasswordSecret(
      `${name}-password`,
      { ...args, owner: name, part: "password", password: password.result, vaultName: args.vault.vaultName },
      { parent: this },
    );
    this.host = server.fullyQualifiedDomainName;
    this.port = pulumi.output(5432);
    this.databaseName = pulumi.all([database.name, settings]).apply(([ready]) => ready);
    this.username = server.administratorLogin.apply((login) => login ?? "");
    this.passwordSecret = secret.secretId;
    this.serverId = server.id;
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
export function databaseProblems(args: Omit<AzureDatabaseArgs, "network" | "vault">): readonly ArgumentProblem[] {
  const { machineType, environment, storageGb = 128, backupRetentionDays = 7, databaseName = "tideline" } = args;
  const { highlyAvailable = environment === "prod" } = args;
  const wrongSize = databaseSizeProblem(machineType, environment, highlyAvailable);
  return [
    ...problemIf(wrongSize !== undefined, "machineType", wrongSize ?? ""),
    ...problemIf(
      !Number.isInteger(storageGb) || storageGb < 1 || storageSize(storageGb) === undefined,
      "storageGb",
      `is ${storageGb}; allowed are whole GiB from 1 to 32768.`,
    ),
    ...problemIf(
      !Number.isInteger(backupRetentionDays) || backupRetentionDays < 7 || backupRetentionDays > 35,
      "backupRetentionDays",
      `is ${backupRetentionDays}; a flexible server keeps backups for 7 to 35 days.`,
    ),
    ...problemIf(
      !/^[a-z_][a-z0-9_]{0,62}$/.test(databaseName) || databaseName.startsWith("pg_"),
      "databaseName",
      `is "${databaseName}"; allowed are up to 63 lower-case letters, digits and _, not beginning with a digit or pg_.`,
    ),
    ...problemIf(
      databaseName.startsWith("azure_") || databaseName === "postgres",
      "databaseName",
      `is "${databaseName}", which Azure keeps for itself; give another.`,
    ),
    ...problemIf(
      environment === "prod" && args.highlyAvailable === false && args.deletionProtection === false,
      "highlyAvailable",
      "and deletionProtection are both off in prod; keep one of them, or make the stack's environment staging.",
    ),
  ];
}

function serverInputs(name: string, args: AzureDatabaseArgs) {
  const { resourceGroupName, location, environment, network, vault, machineType, postgresVersion = 17 } = args;
  const { storageGb = 128, backupRetentionDays = 7 } = args;
  const { highlyAvailable = environment === "prod", geoRedundantBackup = environment === "prod" } = args;
  return {
    resourceGroupName,
    location,
    createMode: "Default",
    version: String(postgresVersion),
    administratorLogin: "tideline",
    authConfig: { activeDirectoryAuth: "Enabled", passwordAuth: "Enabled", tenantId: vault.tenantId },
    sku: databaseSku(machineType) ?? { name: machineType, tier: "GeneralPurpose" },
    storage: { storageSizeGB: storageSize(storageGb) ?? storageGb, autoGrow: "Enabled" },
    // Encrypted with Azure's keys: beside a copy in the paired location, own ones would need a second vault there.
    backup: { backupRetentionDays, geoRedundantBackup: geoRedundantBackup ? "Enabled" : "Disabled" },
    highAvailability: { mode: highlyAvailable ? (hasZones(location) ? "ZoneRedundant" : "SameZone") : "Disabled" },
    network: {
      delegatedSubnetResourceId: pulumi.output(network.databaseSubnetIds).apply(([subnet = ""]) => subnet),
      privateDnsZoneArmResourceId: network.privateZones.postgres,
      publicNetworkAccess: "Disabled",
    },
    // Sunday, 03:00 UTC.
    maintenanceWindow: { customWindow: "Enabled", dayOfWeek: 0, startHour: 3, startMinute: 0 },
    tags: standardTags(args, name),
  };
}

/** One after another: a server refuses to be changed while it is changing. Ready when the last has been set. */
function createSettings(
  parent: pulumi.Resource,
  name: string,
  resourceGroupName: pulumi.Input<string>,
  server: postgresql.Server,
  first: pulumi.Resource,
): pulumi.Output<string> {
  let before = first;
  let last = server.id.apply(() => "");
  for (const [configurationName, value] of Object.entries(SETTINGS)) {
    const setting = new postgresql.Configuration(
      `${name}-${configurationName.replaceAll(/[._]/g, "-")}`,
      { configurationName, serverName: server.name, resourceGroupName, value, source: "user-override" },
      { parent, dependsOn: before },
    );
    before = setting;
    last = setting.name;
  }
  return last;
}
