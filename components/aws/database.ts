import * as ec2 from "@pulumi/aws/ec2";
import * as rds from "@pulumi/aws/rds";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import type { Database } from "../contract";
import { NAME_LIMITS } from "../naming";
import { DATABASE_LOGS, databaseParameters, databaseProblems, MAJOR_VERSION, maxStorage } from "./databasePlan";
import { AwsEncryptionKey } from "./encryptionKey";
import { AwsGeneratedSecret } from "./generatedSecret";
import { logGroup } from "./logGroup";
import { type AwsPlace, awsName, namedTags, protects, standardTags } from "./place";
import { serviceTrust } from "./policyDocument";
import { role } from "./role";

export interface AwsDatabaseArgs {
  readonly place: AwsPlace;
  readonly networkId: pulumi.Input<string>;
  /** Subnets without a way out, in at least two zones. */
  readonly subnetIds: pulumi.Input<string[]>;
  /** IPv4 ranges whose addresses may connect, such as the VPC's own. */
  readonly clientCidrs: readonly string[];
  /** Instance class, such as db.r6g.xlarge. */
  readonly instanceClass: string;
  /** GiB, 20 to 65536. */
  readonly storageGb: number;
  /** GiB that the storage may grow to by itself. @default twice storageGb */
  readonly maxStorageGb?: number;
  /** Standby in another zone. @default true in prod, where it must be */
  readonly highlyAvailable?: boolean;
  /** Days that backups, and with them any point in time, are kept, 1 to 35; at least 7 in prod. @default 7 */
  readonly backupRetentionDays?: number;
  /** Who makes the password: RDS, which also rotates it, or we, once. @default "managed" */
  readonly password?: "managed" | "generated";
}

/** Postgres on RDS, in subnets without a way out, encrypted, backed up to any point in time. */
export class AwsDatabase extends pulumi.ComponentResource implements Database {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly username: pulumi.Output<string>;
  readonly passwordSecret: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Key of its storage and password. */
  readonly keyArn: pulumi.Output<string>;
  /** Name in RDS, for alarms. */
  readonly identifier: string;

  constructor(name: string, args: AwsDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsDatabase", name, databaseProblems(args));
    super("tideline:aws:Database", name, {}, opts);
    const { place, password = "managed" } = args;
    this.identifier = awsName(place, name, NAME_LIMITS.awsDatabase);
    const key = new AwsEncryptionKey(
      `${name}-key`,
      { place, description: `Database of ${place.stack}`, services: ["logs"] },
      { parent: this },
    );
    const generated =
      password === "generated"
        ? new AwsGeneratedSecret(
            `${name}-password`,
            { place, description: "Password of the database's first user", kmsKeyArn: key.arn },
            { parent: this },
          )
        : undefined;
    const instance = createInstance(this, name, args, this.identifier, key, generated);
    this.host = instance.address;
    this.port = instance.port;
    this.databaseName = instance.dbName;
    this.username = instance.username;
    this.arn = instance.arn;
    this.keyArn = key.arn;
    this.passwordSecret =
      generated?.secretArn ?? instance.masterUserSecrets.apply((secrets) => secrets[0]?.secretArn ?? "");
    this.registerOutputs({
      host: this.host,
      port: this.port,
      databaseName: this.databaseName,
      passwordSecret: this.passwordSecret,
    });
  }
}

function createInstance(
  parent: pulumi.Resource,
  name: string,
  args: AwsDatabaseArgs,
  identifier: string,
  key: AwsEncryptionKey,
  generated: AwsGeneratedSecret | undefined,
): rds.Instance {
  const { place } = args;
  const monitor = role(
    `${name}-monitoring`,
    {
      place,
      description: "RDS enhanced monitoring",
      trust: serviceTrust("monitoring.rds.amazonaws.com"),
      managed: ["service-role/AmazonRDSEnhancedMonitoringRole"],
    },
    { parent },
  );
  const logs = DATABASE_LOGS.map((kind) =>
    logGroup(
      `${name}-${kind}-logs`,
      name,
      { place, logGroupName: `/aws/rds/instance/${identifier}/${kind}`, kmsKeyArn: key.arn },
      { parent },
    ),
  );
  return new rds.Instance(
    name,
    {
      identifier,
      ...engineArgs(parent, name, args),
      ...storageArgs(args, key),
      ...protectionArgs(args, identifier),
      ...(generated
        ? { password: generated.value }
        : { manageMasterUserPassword: true, masterUserSecretKmsKeyId: key.keyId }),
      dbSubnetGroupName: subnetGroup(parent, name, args).name,
      vpcSecurityGroupIds: [securityGroup(parent, name, args).id],
      publiclyAccessible: false,
      monitoringInterval: 60,
      monitoringRoleArn: monitor.role.arn,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: key.arn,
      performanceInsightsRetentionPeriod: 7,
      enabledCloudwatchLogsExports: [...DATABASE_LOGS],
      tags: namedTags(place, name),
    },
    {
      parent,
      dependsOn: [...logs, ...monitor.policies],
      customTimeouts: { create: "60m", update: "120m", delete: "60m" },
    },
  );
}

function engineArgs(parent: pulumi.Resource, name: string, { place, instanceClass }: AwsDatabaseArgs) {
  const parameters = new rds.ParameterGroup(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsDatabaseGroup, `pg${MAJOR_VERSION}`),
      family: `postgres${MAJOR_VERSION}`,
      description: `Postgres ${MAJOR_VERSION} of ${place.stack}`,
      parameters: [...databaseParameters()],
      tags: standardTags(place, name),
    },
    { parent },
  );
  return {
    engine: "postgres",
    engineVersion: MAJOR_VERSION,
    instanceClass,
    parameterGroupName: parameters.name,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: false,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    dbName: "tideline",
    username: "tideline",
    port: 5432,
    iamDatabaseAuthenticationEnabled: true,
  };
}

function storageArgs(args: AwsDatabaseArgs, key: AwsEncryptionKey) {
  return {
    storageType: "gp3",
    allocatedStorage: args.storageGb,
    maxAllocatedStorage: maxStorage(args),
    storageEncrypted: true,
    kmsKeyId: key.arn,
  };
}

function protectionArgs(args: AwsDatabaseArgs, identifier: string) {
  const { place, backupRetentionDays = 7, highlyAvailable = place.environment === "prod" } = args;
  const keep = protects(place);
  return {
    multiAz: highlyAvailable,
    backupRetentionPeriod: backupRetentionDays,
    backupWindow: "03:00-04:00",
    maintenanceWindow: "sun:05:00-sun:06:00",
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: !keep,
    deletionProtection: keep,
    skipFinalSnapshot: !keep,
    ...(keep ? { finalSnapshotIdentifier: `${identifier}-final` } : {}),
    // In prod a change that restarts waits for the maintenance window.
    applyImmediately: place.environment !== "prod",
  };
}

function subnetGroup(parent: pulumi.Resource, name: string, { place, subnetIds }: AwsDatabaseArgs): rds.SubnetGroup {
  return new rds.SubnetGroup(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsDatabaseGroup),
      description: `Database subnets of ${place.stack}`,
      subnetIds,
      tags: standardTags(place, name),
    },
    { parent },
  );
}

function securityGroup(parent: pulumi.Resource, name: string, args: AwsDatabaseArgs): ec2.SecurityGroup {
  const { place, networkId, clientCidrs } = args;
  const group = new ec2.SecurityGroup(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsSecurityGroup),
      description: "Postgres from inside the network",
      vpcId: networkId,
      tags: namedTags(place, name),
    },
    { parent },
  );
  clientCidrs.forEach((cidr, index) => {
    new vpc.SecurityGroupIngressRule(
      `${name}-postgres-${index}`,
      {
        securityGroupId: group.id,
        description: "Postgres from inside the network",
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        cidrIpv4: cidr,
        tags: namedTags(place, name, `postgres-${index}`),
      },
      { parent },
    );
  });
  return group;
}
