import { addressIn } from "../cidr";
import type { ResourceType, Rule } from "../resourceType";
import {
  deletionPolicy,
  fixed,
  flag,
  gcpType,
  input,
  list,
  nested,
  number,
  object,
  oneOf,
  others,
  projectOf,
  refers,
  regionOf,
  text,
} from "./gcpType";
import { encrypts, key } from "./keys";
import { CONNECTION } from "./network";
import { GLOBAL_ADDRESS, NETWORK } from "./networkRules";

const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";

/** Flags of Postgres that the platform sets; Cloud SQL refuses any that it does not know. */
const FLAGS = [
  "auto_explain.log_min_duration",
  "cloudsql.enable_auto_explain",
  "cloudsql.enable_pgaudit",
  "cloudsql.iam_authentication",
  "log_connections",
  "log_disconnections",
  "log_min_duration_statement",
  "max_connections",
  "pg_stat_statements.track",
  "pgaudit.log",
];

/** Databases and caches with a private address need the peering with Google's service producers. */
export function peered(networkOf: (inputs: Readonly<Record<string, unknown>>) => unknown, refusal: string): Rule {
  return (made) => {
    const network = networkOf(made.inputs);
    if (network === undefined) return undefined;
    const id = made.world.find([NETWORK], network)?.id;
    const connected = others(made, undefined, CONNECTION).some(
      ({ inputs }) => made.world.find([NETWORK], inputs.network)?.id === id,
    );
    return connected ? undefined : `googleapi: Error 400: Invalid request: ${refusal}: ${network}., invalid`;
  };
}

const tierFits: Rule = ({ inputs }) => {
  const tier = String(nested(inputs.settings, "tier"));
  const plus = /^db-(perf-optimized-N|c4a-highmem)-\d+$/.test(tier);
  const edition = nested(inputs.settings, "edition") ?? "ENTERPRISE";
  if (plus !== (edition === "ENTERPRISE_PLUS")) {
    return `googleapi: Error 400: Invalid request: Invalid Tier (${tier}) for (${edition}) Edition., invalid`;
  }
  const custom = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  if (!custom) return plus || tier === "db-f1-micro" || tier === "db-g1-small" ? undefined : invalidTier(tier);
  const [cpus, memory] = [Number(custom[1]), Number(custom[2])];
  const fits =
    (cpus === 1 || (cpus % 2 === 0 && cpus <= 96)) && memory % 256 === 0 && memory >= 3840 && memory <= cpus * 6656;
  return fits ? undefined : invalidTier(tier);
};

function invalidTier(tier: string): string {
  return `googleapi: Error 400: Invalid request: Invalid Tier (${tier})., invalid`;
}

const logDays: Rule = ({ inputs }) => {
  const days = Number(nested(inputs.settings, "backupConfiguration", "transactionLogRetentionDays") ?? 7);
  const most = nested(inputs.settings, "edition") === "ENTERPRISE_PLUS" ? 35 : 7;
  return days <= most
    ? undefined
    : `googleapi: Error 400: Invalid request: transactionLogRetentionDays must be between 1 and ${most}, found ${days}., invalid`;
};

const reachable: Rule = ({ inputs }) => {
  const network = nested(inputs.settings, "ipConfiguration", "privateNetwork");
  return network !== undefined || nested(inputs.settings, "ipConfiguration", "ipv4Enabled") !== false
    ? undefined
    : "googleapi: Error 400: Invalid request: At least one of Public IP or Private IP or PSC connectivity must be enabled., invalid";
};

/** Storage grows, never shrinks. */
const grows: Rule = ({ inputs }, current) => {
  const [before, after] = [current?.inputs.settings, inputs.settings].map((settings) =>
    Number(nested(settings, "diskSize") ?? 0),
  );
  return (after ?? 0) >= (before ?? 0)
    ? undefined
    : `googleapi: Error 400: Invalid request: Disk size cannot be decreased from ${before} to ${after}., invalid`;
};

const settings = object(
  {
    tier: text({ required: true }),
    edition: oneOf("ENTERPRISE", "ENTERPRISE_PLUS"),
    availabilityType: oneOf("REGIONAL", "ZONAL"),
    deletionProtectionEnabled: flag(),
    diskType: fixed(oneOf("PD_SSD", "PD_HDD", "HYPERDISK_BALANCED")),
    diskSize: number({ min: 10, max: 65_536 }),
    diskAutoresize: flag(),
    diskAutoresizeLimit: number({ min: 0, max: 65_536 }),
    connectorEnforcement: oneOf("NOT_REQUIRED", "REQUIRED"),
    retainBackupsOnDelete: flag(),
    ipConfiguration: object({
      ipv4Enabled: flag(),
      privateNetwork: refers(NETWORK, ["selfLink"]),
      allocatedIpRange: refers(GLOBAL_ADDRESS, ["name"]),
      enablePrivatePathForGoogleCloudServices: flag(),
      sslMode: oneOf("ENCRYPTED_ONLY", "ALLOW_UNENCRYPTED_AND_ENCRYPTED", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"),
    }),
    backupConfiguration: object({
      enabled: flag(),
      startTime: text({ pattern: /\d\d:\d\d/ }),
      location: text(),
      pointInTimeRecoveryEnabled: flag(),
      transactionLogRetentionDays: number({ min: 1, max: 35 }),
      backupRetentionSettings: object({
        retainedBackups: number({ required: true, min: 1, max: 365 }),
        retentionUnit: oneOf("COUNT"),
      }),
    }),
    finalBackupConfig: object({ enabled: flag(), retentionDays: number({ min: 1, max: 365 }) }),
    maintenanceWindow: object({
      day: number({ min: 1, max: 7 }),
      hour: number({ min: 0, max: 23 }),
      updateTrack: oneOf("canary", "stable", "week5"),
    }),
    insightsConfig: object({
      queryInsightsEnabled: flag(),
      queryPlansPerMinute: number({ min: 0, max: 20 }),
      queryStringLength: number({ min: 256, max: 4500 }),
      recordApplicationTags: flag(),
      recordClientAddress: flag(),
    }),
    databaseFlags: list(object({ name: text({ required: true, values: FLAGS }), value: text({ required: true }) })),
    userLabels: { type: "map", items: text({ pattern: /[a-z0-9_-]{0,63}/ }) },
  },
  { required: true },
);

/** Cloud SQL. Sources: Cloud SQL Admin API v1; the provider's schema, 9.x. A name stays taken for a week after deletion, unlike here. */
export const databaseTypes: readonly ResourceType[] = [
  gcpType({
    token: INSTANCE,
    api: "sqladmin",
    inputs: {
      name: text({ required: true, replaces: true, pattern: /[a-z][a-z0-9-]{0,66}/ }),
      region: text({ required: true, replaces: true }),
      databaseVersion: text({ required: true, pattern: /POSTGRES_1[4-8]/ }),
      encryptionKeyName: key,
      deletionProtection: flag({ default: true }),
      settings,
    },
    rules: [
      tierFits,
      logDays,
      reachable,
      grows,
      peered(
        (inputs) => nested(inputs.settings, "ipConfiguration", "privateNetwork"),
        "Incorrect Service Networking config for instance, SERVICE_NETWORKING_NOT_ENABLED",
      ),
      encrypts((made) => made.inputs.encryptionKeyName, "gcp-sa-cloud-sql.iam.gserviceaccount.com", regionOf),
    ],
    quota: { most: 100, code: "googleapi: Error 403: QUOTA_EXCEEDED: instances per project" },
    deletionProtection: "deletionProtection",
    id: (made) => input(made, "name"),
    outputs: (made, id) => ({
      selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${projectOf(made)}/instances/${id}`,
      connectionName: `${projectOf(made)}:${regionOf(made)}:${id}`,
      privateIpAddress: addressIn(lentTo(made), made.sequence + 2),
      publicIpAddress: "",
      firstIpAddress: addressIn(lentTo(made), made.sequence + 2),
      serviceAccountEmailAddress: `p${made.sequence}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    }),
  }),
  gcpType({
    token: "gcp:sql/database:Database",
    api: "sqladmin",
    inputs: {
      name: text({ required: true, replaces: true }),
      instance: refers(INSTANCE, ["name"], { required: true, replaces: true }),
      charset: text(),
      deletionPolicy,
      collation: text(),
    },
    id: (made) => `projects/${projectOf(made)}/instances/${input(made, "instance")}/databases/${input(made, "name")}`,
  }),
  gcpType({
    token: "gcp:sql/user:User",
    api: "sqladmin",
    inputs: {
      name: text({ required: true, replaces: true }),
      instance: refers(INSTANCE, ["name"], { required: true, replaces: true }),
      password: text(),
      deletionPolicy,
      type: fixed(oneOf("BUILT_IN", "CLOUD_IAM_USER", "CLOUD_IAM_SERVICE_ACCOUNT")),
    },
    id: (made) => `${input(made, "name")}//${input(made, "instance")}`,
  }),
];

/** The range that the instance has its address from. */
function lentTo(made: Parameters<typeof input>[0]): string {
  const range = made.world.find([GLOBAL_ADDRESS], nested(made.inputs.settings, "ipConfiguration", "allocatedIpRange"));
  return range ? `${range.inputs.address}/${range.inputs.prefixLength}` : "10.0.0.0/24";
}
