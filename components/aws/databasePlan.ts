import { type ArgumentProblem, problemIf } from "../arguments";
import { parseCidr } from "../subnetLayout";
import type { AwsDatabaseArgs } from "./database";

/** Major version of Postgres; RDS brings the minor ones in the maintenance window. */
export const MAJOR_VERSION = "17";

/** Logs that RDS sends to CloudWatch. */
export const DATABASE_LOGS = ["postgresql", "upgrade"] as const;

/** One setting of Postgres. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

/** Settings that differ from RDS's: slow statements are logged with their plans, connections need TLS. */
export function databaseParameters(): readonly Parameter[] {
  const now = (name: string, value: string): Parameter => ({ name, value, applyMethod: "immediate" });
  const atRestart = (name: string, value: string): Parameter => ({ name, value, applyMethod: "pending-reboot" });
  return [
    atRestart("shared_preload_libraries", "pg_stat_statements,auto_explain"),
    now("rds.force_ssl", "1"),
    now("log_min_duration_statement", "1000"),
    now("auto_explain.log_min_duration", "1000"),
    now("pg_stat_statements.track", "ALL"),
    now("log_connections", "1"),
    now("log_disconnections", "1"),
    now("log_lock_waits", "1"),
  ];
}

/** GiB that the storage may grow to. */
export function maxStorage({ storageGb, maxStorageGb = Math.min(65_536, storageGb * 2) }: AwsDatabaseArgs): number {
  return maxStorageGb;
}

/** All that is wrong with a database's arguments. */
export function databaseProblems(args: AwsDatabaseArgs): readonly ArgumentProblem[] {
  const { place, instanceClass, storageGb, backupRetentionDays = 7, highlyAvailable, clientCidrs } = args;
  const prod = place.environment === "prod";
  const open = clientCidrs.findIndex((cidr) => !parseCidr(cidr) || cidr.endsWith("/0"));
  return [
    ...problemIf(
      !/^db\.[a-z0-9-]+\.[a-z0-9]+$/.test(instanceClass),
      "instanceClass",
      `is "${instanceClass}", which is no class of RDS; give one such as db.r6g.xlarge.`,
    ),
    ...storageProblems(storageGb, maxStorage(args)),
    ...problemIf(
      !Number.isInteger(backupRetentionDays) || backupRetentionDays < 1 || backupRetentionDays > 35,
      "backupRetentionDays",
      `is ${backupRetentionDays}; give 1 to 35 days, what RDS keeps. Without backups there is no point in time to go back to.`,
    ),
    ...problemIf(
      prod && backupRetentionDays >= 1 && backupRetentionDays < 7,
      "backupRetentionDays",
      `is ${backupRetentionDays} in prod, too short to notice a loss over a holiday; give at least 7.`,
    ),
    ...problemIf(
      prod && highlyAvailable === false,
      "highlyAvailable",
      "is false in prod, where one zone's failure would take every model's metadata; give true.",
    ),
    ...problemIf(
      open >= 0,
      `clientCidrs[${open}]`,
      `is "${clientCidrs[open]}"; give IPv4 networks in CIDR notation, such as the VPC's, not everyone's.`,
    ),
    ...problemIf(
      clientCidrs.length === 0,
      "clientCidrs",
      "is empty, so that nobody could connect; give the VPC's range.",
    ),
  ];
}

function storageProblems(storageGb: number, most: number): readonly ArgumentProblem[] {
  const fits = Number.isInteger(storageGb) && storageGb >= 20 && storageGb <= 65_536;
  return [
    ...problemIf(
      !fits,
      "storageGb",
      `is ${storageGb}; give a whole number of 20 to 65536 GiB, what gp3 on RDS can be.`,
    ),
    ...problemIf(
      fits && (most < Math.ceil(storageGb * 1.1) || most > 65_536),
      "maxStorageGb",
      `is ${most} for storageGb ${storageGb}; RDS wants at least a tenth more and at most 65536 GiB.`,
    ),
  ];
}
