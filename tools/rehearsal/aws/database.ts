import type { Made, ResourceType, Rule } from "../resourceType";
import { awsType, flag, input, list, number, object, refers, regionOf, text, uuid } from "./awsType";
import { isDatabaseClass } from "./machineTypes";
import { KEY, ROLE } from "./security";

const INSTANCE = "aws:rds/instance:Instance";
const SUBNETS = "aws:rds/subnetGroup:SubnetGroup";
const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

const replaced = { required: true, replaces: true } as const;
const rdsArn = (kind: string) => (made: Made, id: string) => `rds:${regionOf(made)}:${made.account}:${kind}:${id}`;

/** Both for RDS and for ElastiCache: a group spans at least two zones. */
export const spansZones =
  (code: string): Rule =>
  (made) => {
    const ids = made.inputs.subnetIds as unknown[];
    const zones = new Set(ids.map((id) => made.world.find([SUBNET], id)?.outputs.availabilityZone));
    return zones.size >= 2
      ? undefined
      : `${code}: The subnet group doesn't meet Availability Zone (AZ) coverage requirement. Add subnets to cover at least 2 AZs.`;
  };

const classExists: Rule = (made) =>
  isDatabaseClass(input(made, "instanceClass"))
    ? undefined
    : `InvalidParameterValue: Invalid DB Instance class: ${input(made, "instanceClass")}`;

/** Storage only grows. Source: RDS User Guide, "Increasing DB instance storage capacity". */
const storageGrows: Rule = (made, current) => {
  const [before, after] = [current?.inputs.allocatedStorage, made.inputs.allocatedStorage].map(Number);
  return current && (after ?? 0) < (before ?? 0)
    ? `InvalidParameterCombination: Invalid storage size for engine name postgres and storage type gp3: ${after}`
    : undefined;
};

const roomToGrow: Rule = (made) => {
  const { allocatedStorage, maxAllocatedStorage } = made.inputs as Record<string, number | undefined>;
  if (maxAllocatedStorage === undefined || maxAllocatedStorage >= 1.1 * (allocatedStorage ?? 0)) return undefined;
  return "InvalidParameterCombination: Max storage size must be at least 10% greater than allocated storage";
};

const onePassword: Rule = (made) => {
  const { manageMasterUserPassword, password } = made.inputs;
  if (manageMasterUserPassword && password !== undefined) {
    return "InvalidParameterCombination: You can't specify MasterUserPassword for an instance with ManageMasterUserPassword enabled.";
  }
  return manageMasterUserPassword || password !== undefined
    ? undefined
    : "InvalidParameterValue: The parameter MasterUserPassword must be provided";
};

/** Databases that are deleted leave a snapshot, unless they were told not to. */
const finalSnapshot: Rule = (made) =>
  made.inputs.skipFinalSnapshot || made.inputs.finalSnapshotIdentifier !== undefined
    ? undefined
    : "InvalidParameterCombination: FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.";

/** Settings that Postgres 17 on RDS knows and the program uses. */
const SETTINGS = [
  "shared_preload_libraries",
  "rds.force_ssl",
  "log_min_duration_statement",
  "auto_explain.log_min_duration",
  "pg_stat_statements.track",
  "log_connections",
  "log_disconnections",
  "log_lock_waits",
];

/** Databases. Source: RDS API reference. */
export const databaseTypes: readonly ResourceType[] = [
  awsType({
    token: SUBNETS,
    id: (made) => input(made, "name"),
    arn: rdsArn("subgrp"),
    inputs: {
      name: text({ ...replaced, maxLength: 255, pattern: /[a-z0-9 ._-]+/ }),
      description: text(),
      subnetIds: list(refers(SUBNET), { required: true }),
    },
    rules: [spansZones("DBSubnetGroupDoesNotCoverEnoughAZs")],
    unique: { property: "name", within: "account" },
    quota: { most: 50, code: "DBSubnetGroupQuotaExceeded" },
  }),
  awsType({
    token: PARAMETERS,
    id: (made) => input(made, "name"),
    arn: rdsArn("pg"),
    inputs: {
      name: text({ ...replaced, maxLength: 255, pattern: /[a-z][a-z0-9-]*/ }),
      family: text({ ...replaced, pattern: /postgres\d{2}/ }),
      description: text({ replaces: true }),
      parameters: list(
        object({
          name: text({ required: true, values: SETTINGS }),
          value: text({ required: true }),
          applyMethod: text({ values: ["immediate", "pending-reboot"] }),
        }),
      ),
    },
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: INSTANCE,
    id: (made) => `db-${uuid(made).replaceAll("-", "").toUpperCase().slice(-26)}`,
    arn: (made) => rdsArn("db")(made, input(made, "identifier")),
    inputs: {
      identifier: text({ required: true, maxLength: 63, pattern: /[a-z](?!.*--)[a-z0-9-]*[a-z0-9]/ }),
      engine: text({ ...replaced, values: ["postgres"] }),
      engineVersion: text({ pattern: /\d{2}(\.\d+)?/ }),
      instanceClass: text({ required: true, pattern: /db\.[a-z0-9-]+\.[a-z0-9]+/ }),
      parameterGroupName: refers(PARAMETERS, ["name"]),
      dbSubnetGroupName: refers(SUBNETS, ["name"]),
      vpcSecurityGroupIds: list(refers(GROUP)),
      dbName: text({ replaces: true, maxLength: 63, pattern: /[A-Za-z_]\w*/ }),
      username: text({ replaces: true, maxLength: 63, pattern: /(?!admin$)[A-Za-z]\w*/ }),
      password: text({ maxLength: 128 }),
      manageMasterUserPassword: flag(),
      masterUserSecretKmsKeyId: refers(KEY, ["keyId", "arn"]),
      port: number({ min: 1150, max: 65_535, default: 5432 }),
      storageType: text({ values: ["gp2", "gp3", "io1", "io2", "standard"] }),
      allocatedStorage: number({ required: true, min: 20, max: 65_536 }),
      maxAllocatedStorage: number({ max: 65_536 }),
      storageEncrypted: flag({ replaces: true, default: false }),
      kmsKeyId: refers(KEY, ["arn"], { replaces: true }),
      multiAz: flag({ default: false }),
      publiclyAccessible: flag({ default: false }),
      autoMinorVersionUpgrade: flag({ default: true }),
      allowMajorVersionUpgrade: flag(),
      applyImmediately: flag(),
      backupRetentionPeriod: number({ min: 0, max: 35 }),
      backupWindow: text({ pattern: /\d\d:\d\d-\d\d:\d\d/ }),
      maintenanceWindow: text({ pattern: /[a-z]{3}:\d\d:\d\d-[a-z]{3}:\d\d:\d\d/ }),
      copyTagsToSnapshot: flag({ default: false }),
      deleteAutomatedBackups: flag({ default: true }),
      deletionProtection: flag({ default: false }),
      skipFinalSnapshot: flag({ default: false }),
      finalSnapshotIdentifier: text({ maxLength: 255, pattern: /[A-Za-z](?!.*--)[A-Za-z0-9-]*/ }),
      monitoringInterval: number(),
      monitoringRoleArn: refers(ROLE, ["arn"]),
      performanceInsightsEnabled: flag(),
      performanceInsightsKmsKeyId: refers(KEY, ["arn"]),
      performanceInsightsRetentionPeriod: number({ min: 7, max: 731 }),
      enabledCloudwatchLogsExports: list(text({ values: ["postgresql", "upgrade", "iam-db-auth-error"] })),
      iamDatabaseAuthenticationEnabled: flag({ default: false }),
      caCertIdentifier: text({ values: ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"] }),
    },
    outputs: (made, id) => {
      const host = `${input(made, "identifier")}.c${made.sequence.toString(36).padStart(11, "0")}.${regionOf(made)}.rds.amazonaws.com`;
      const secret = `arn:aws:secretsmanager:${regionOf(made)}:${made.account}:secret:rds!${id.toLowerCase()}-${made.sequence.toString(36).padStart(6, "0").slice(-6)}`;
      return {
        resourceId: id,
        address: host,
        endpoint: `${host}:${made.inputs.port ?? 5432}`,
        status: "available",
        masterUserSecrets: made.inputs.manageMasterUserPassword ? [{ secretArn: secret, secretStatus: "active" }] : [],
      };
    },
    rules: [classExists, storageGrows, roomToGrow, onePassword, finalSnapshot],
    unique: { property: "identifier", within: "account" },
    deletionProtection: "deletionProtection",
    quota: { most: 40, code: "InstanceQuotaExceeded" },
  }),
  awsType({
    token: "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    untagged: true,
    id: (made) => `arn:aws:rds:${regionOf(made)}:${made.account}:auto-backup:ab-${uuid(made).slice(-12)}`,
    inputs: {
      sourceDbInstanceArn: refers(INSTANCE, ["arn"], replaced),
      kmsKeyId: refers(KEY, ["arn"], { replaces: true }),
      retentionPeriod: number({ replaces: true, min: 1, max: 35 }),
    },
    rules: [
      (made) =>
        input(made, "sourceDbInstanceArn").split(":")[3] === regionOf(made)
          ? "InvalidParameterValue: The source and destination regions must differ."
          : undefined,
    ],
  }),
];
