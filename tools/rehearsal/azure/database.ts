import type { ResourceType, Rule } from "../resourceType";
import { azureType, fixed, input, nested, number, object, oneOf, refers, settled, text } from "./azureType";
import { SUBNET, VIRTUAL_NETWORK } from "./network";
import { PRIVATE_ZONE, ZONE_LINK } from "./privateLink";

const SERVER = "azure-native:dbforpostgresql:Server";
const DELEGATE = "Microsoft.DBforPostgreSQL/flexibleServers";

/** Premium SSD sizes, GiB. */
const STORAGE_GB = [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16_384, 32_767, 32_768];

/** Settings that the platform changes without a restart, and what each takes; a server refuses any that it does not know. */
const SETTINGS: Readonly<Record<string, RegExp>> = {
  require_secure_transport: /^(on|off)$/,
  ssl_min_protocol_version: /^TLSv1\.[23]$/,
  log_min_duration_statement: /^(-1|\d+)$/,
  log_connections: /^(on|off)$/,
  log_disconnections: /^(on|off)$/,
  "pg_stat_statements.track": /^(none|top|all)$/,
  "pg_qs.query_capture_mode": /^(none|top|all)$/,
  "connection_throttle.enable": /^(on|off)$/,
};

/** A private server lives in a subnet that is handed over to it, and its name in a zone that its network resolves. */
const privateAccess: Rule = (made) => {
  const network = made.inputs.network;
  const subnet = made.world.find([SUBNET], nested(network, "delegatedSubnetResourceId"));
  if (!subnet) return undefined;
  if (nested(subnet.inputs.delegations, "0", "serviceName") !== DELEGATE) {
    return `VirtualNetworkSubnetNotDelegated: Subnet ${subnet.id} must be delegated to ${DELEGATE}.`;
  }
  const zone = made.world.find([PRIVATE_ZONE], nested(network, "privateDnsZoneArmResourceId"));
  if (!zone) return "EmptyPrivateDnsZoneArmResourceId: A private DNS zone is required with a delegated subnet.";
  const vnet = made.world.find([VIRTUAL_NETWORK], subnet.inputs.virtualNetworkName);
  const linked = made.world.resources.some(
    ({ token, inputs }) =>
      token === ZONE_LINK &&
      inputs.privateZoneName === zone.outputs.name &&
      nested(inputs.virtualNetwork, "id") === vnet?.id,
  );
  return linked
    ? undefined
    : `PrivateDnsZoneNotLinked: Private DNS zone ${zone.outputs.name} is not linked with virtual network ${vnet?.id}.`;
};

const zoneName: Rule = (made) => {
  const zone = made.world.find([PRIVATE_ZONE], nested(made.inputs.network, "privateDnsZoneArmResourceId"));
  return !zone || String(zone.outputs.name).endsWith(".postgres.database.azure.com")
    ? undefined
    : `InvalidPrivateDnsZoneName: ${zone.outputs.name} must end with .postgres.database.azure.com.`;
};

const FAMILIES: Readonly<Record<string, RegExp>> = {
  Burstable: /^Standard_B\d+(ms|s)$/,
  GeneralPurpose: /^Standard_D/,
  MemoryOptimized: /^Standard_E/,
};

const skuFits: Rule = ({ inputs }) => {
  const [name, tier] = ["name", "tier"].map((part) => String(nested(inputs.sku, part)));
  if (!FAMILIES[tier ?? ""]?.test(name ?? "")) return `ServerSkuNotAvailable: Sku ${name} is not of tier ${tier}.`;
  const mode = nested(inputs.highAvailability, "mode") ?? "Disabled";
  return tier === "Burstable" && mode !== "Disabled"
    ? "HADisabledForBurstableServer: High availability is not supported for the Burstable tier."
    : undefined;
};

const storageFits: Rule = ({ inputs }, current) => {
  const [before, after] = [current?.inputs, inputs].map((values) =>
    Number(nested(values?.storage, "storageSizeGB") ?? 0),
  );
  if (!STORAGE_GB.includes(after ?? 0))
    return `InvalidStorageSize: ${after} GiB; allowed are ${STORAGE_GB.join(", ")}.`;
  return (after ?? 0) < (before ?? 0)
    ? `StorageSizeCannotBeReduced: The storage of a server cannot shrink from ${before} to ${after} GiB.`
    : undefined;
};

const noDowngrade: Rule = ({ inputs }, current) =>
  Number(inputs.version) < Number(current?.inputs.version ?? 0)
    ? `MajorVersionDowngradeNotSupported: ${current?.inputs.version} to ${inputs.version}.`
    : undefined;

const passwordIsStrong: Rule = (made) => {
  const password = input(made, "administratorLoginPassword");
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return password.length >= 8 && password.length <= 128 && kinds >= 3
    ? undefined
    : "PasswordNotComplex: The administrator's password must have 8 to 128 characters of three kinds.";
};

const knownSetting: Rule = (made) => {
  const [name, value] = [input(made, "configurationName"), input(made, "value")];
  const allowed = SETTINGS[name];
  if (!allowed) return `ConfigurationNotExists: The configuration '${name}' does not exist.`;
  return allowed.test(value)
    ? undefined
    : `InvalidParameterValue: '${value}' is not allowed for configuration '${name}'.`;
};

const onOff = oneOf("Enabled", "Disabled");

/** Empty leaves the choice to Azure. */
const zone = oneOf("", "1", "2", "3");

/** PostgreSQL flexible servers. Sources: Azure REST API, Microsoft.DBforPostgreSQL 2024; "Limits". */
export const databaseTypes: readonly ResourceType[] = [
  azureType({
    token: SERVER,
    kind: "Microsoft.DBforPostgreSQL/flexibleServers",
    name: "serverName",
    inputs: {
      serverName: text({ pattern: /[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])/ }),
      createMode: oneOf("Default", "PointInTimeRestore", "Replica", "GeoRestore"),
      version: oneOf("14", "15", "16", "17", "18"),
      administratorLogin: fixed(
        text({ pattern: /(?!azure_|admin$|administrator$|root$|guest$|public$|pg_)[a-z_][a-z0-9_]{0,62}/ }),
      ),
      administratorLoginPassword: text(),
      authConfig: object({ activeDirectoryAuth: onOff, passwordAuth: onOff, tenantId: text() }),
      sku: object({ name: text({ required: true }), tier: text({ required: true }) }, { required: true }),
      storage: object({ storageSizeGB: number({ required: true }), autoGrow: onOff, type: text() }),
      backup: object({ backupRetentionDays: number({ min: 7, max: 35 }), geoRedundantBackup: onOff }),
      highAvailability: object({
        mode: oneOf("Disabled", "ZoneRedundant", "SameZone"),
        standbyAvailabilityZone: zone,
      }),
      availabilityZone: zone,
      network: object({
        delegatedSubnetResourceId: refers(SUBNET),
        privateDnsZoneArmResourceId: refers(PRIVATE_ZONE),
        publicNetworkAccess: onOff,
      }),
      maintenanceWindow: object({
        customWindow: onOff,
        dayOfWeek: number({ min: 0, max: 6 }),
        startHour: number({ min: 0, max: 23 }),
        startMinute: number({ min: 0, max: 59 }),
      }),
    },
    rules: [
      privateAccess,
      zoneName,
      skuFits,
      storageFits,
      passwordIsStrong,
      noDowngrade,
      settled(
        ["backup.geoRedundantBackup", "network.delegatedSubnetResourceId"],
        (path) => `ServerPropertyUpdateNotAllowed: '${path}' is settled when the server is made and cannot be changed.`,
      ),
    ],
    unique: { property: "serverName", within: "world" },
    outputs: (made) => ({
      fullyQualifiedDomainName: `${input(made, "serverName")}.postgres.database.azure.com`,
      state: "Ready",
      minorVersion: "2",
    }),
  }),
  azureType({
    token: "azure-native:dbforpostgresql:Database",
    kind: "Microsoft.DBforPostgreSQL/flexibleServers/databases",
    name: "databaseName",
    parent: { input: "serverName", type: SERVER },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      databaseName: text({ pattern: /(?!azure_|postgres$|template)[a-zA-Z_][\w$]{0,62}/ }),
      charset: fixed(text()),
      collation: fixed(text()),
    },
  }),
  azureType({
    token: "azure-native:dbforpostgresql:Configuration",
    kind: "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
    name: "configurationName",
    parent: { input: "serverName", type: SERVER },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      configurationName: text(),
      value: text({ required: true }),
      source: oneOf("user-override", "system-default"),
    },
    rules: [knownSetting],
    outputs: () => ({ isDynamicConfig: true, isReadOnly: false }),
  }),
];
