import * as pulumi from "@pulumi/pulumi";
import * as vault from "@pulumi/vault";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import { CREDENTIAL_SECONDS, DATABASE_ROLES } from "./databaseRoles";
import { MOUNTS, TRANSIT_KEY } from "./policies";
import { AUDIT_FILE } from "./serverConfig";
import { createVaultRoles } from "./vaultRoles";

export interface VaultConfigurationArgs {
  /** Postgres that short-lived users are made in. @default no such users */
  readonly database?: {
    readonly host: pulumi.Input<string>;
    readonly port: pulumi.Input<number>;
    readonly databaseName: pulumi.Input<string>;
    /** User that may make others, and its password. */
    readonly username: pulumi.Input<string>;
    readonly password: pulumi.Input<string>;
  };
  /** AWS roles that short-lived credentials are of, by name, such as training: their ARNs. @default none */
  readonly awsRoles?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Region of AWS's STS; needed with `awsRoles`. */
  readonly awsRegion?: pulumi.Input<string>;
}

const DAY = 86_400;

/**
 * What an unsealed Vault holds: audit devices first, then engines, then who may do what. The `vault` provider comes
 * through the component's options; its token needs the rights of an administrator.
 */
export class VaultConfiguration extends pulumi.ComponentResource {
  /** By workload: the role of Kubernetes' authentication that its service account logs in with. */
  readonly roles: Readonly<Record<string, vault.kubernetes.AuthBackendRole>>;

  constructor(name: string, args: VaultConfigurationArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("VaultConfiguration", name, configurationProblems(args));
    super("tideline:kubernetes:VaultConfiguration", name, {}, opts);
    const audit = createAudit(this, name);
    const after = { parent: this, dependsOn: audit };
    createSecrets(name, after);
    createTransit(name, after);
    createCertificates(name, after);
    if (args.database) createDatabase(name, args.database, after);
    if (args.awsRoles) createAws(name, args.awsRoles, args.awsRegion, after);
    this.roles = createVaultRoles(name, after);
    this.registerOutputs({ roles: Object.keys(this.roles) });
  }
}

/** Two devices, so that a full disk does not stop Vault: it answers as long as one of them takes the record. */
function createAudit(parent: pulumi.Resource, name: string): vault.Audit[] {
  const device = (path: string, file: string) =>
    new vault.Audit(`${name}-audit-${path}`, { type: "file", path, options: { file_path: file } }, { parent });
  return [device("file", AUDIT_FILE), device("stdout", "stdout")];
}

function createSecrets(name: string, options: pulumi.CustomResourceOptions): void {
  const mount = new vault.Mount(
    `${name}-secrets`,
    {
      path: MOUNTS.secrets,
      type: "kv",
      options: { version: "2" },
      description: "Secrets of workloads, ten versions of each",
    },
    options,
  );
  new vault.kv.SecretBackendV2(`${name}-secrets-settings`, { mount: mount.path, maxVersions: 10 }, options);
}

function createTransit(name: string, options: pulumi.CustomResourceOptions): void {
  const mount = new vault.Mount(
    `${name}-transit`,
    { path: MOUNTS.transit, type: "transit", description: "Encryption of fields, without handing out keys" },
    options,
  );
  new vault.transit.SecretBackendKey(
    `${name}-transit-key`,
    {
      backend: mount.path,
      name: TRANSIT_KEY,
      type: "aes256-gcm96",
      autoRotatePeriod: 30 * DAY,
      deletionAllowed: false,
      exportable: false,
    },
    options,
  );
}

function createCertificates(name: string, options: pulumi.CustomResourceOptions): void {
  const mount = new vault.Mount(
    `${name}-pki`,
    {
      path: MOUNTS.pki,
      type: "pki",
      description: "Certificates of workloads",
      defaultLeaseTtlSeconds: 90 * DAY,
      maxLeaseTtlSeconds: 3650 * DAY,
    },
    options,
  );
  const root = new vault.pkisecret.SecretBackendRootCert(
    `${name}-pki-root`,
    {
      backend: mount.path,
      type: "internal",
      commonName: "Tideline workloads",
      ttl: `${3650 * 24}h`,
      keyType: "ec",
      keyBits: 384,
    },
    options,
  );
  new vault.pkisecret.SecretBackendRole(
    `${name}-pki-role`,
    {
      backend: mount.path,
      name: "internal",
      issuerRef: root.issuerId,
      allowedDomains: ["svc", "svc.cluster.local"],
      allowSubdomains: true,
      allowBareDomains: false,
      allowIpSans: false,
      keyType: "ec",
      keyBits: 256,
      ttl: `${90 * DAY}`,
      maxTtl: `${90 * DAY}`,
    },
    options,
  );
}

function createDatabase(
  name: string,
  database: NonNullable<VaultConfigurationArgs["database"]>,
  options: pulumi.CustomResourceOptions,
) {
  const { host, port, databaseName, username, password } = database;
  const mount = new vault.Mount(
    `${name}-database`,
    { path: MOUNTS.database, type: "database", description: "Postgres users that live an hour" },
    options,
  );
  const connection = new vault.database.SecretBackendConnection(
    `${name}-database-connection`,
    {
      backend: mount.path,
      name: "tideline",
      allowedRoles: Object.keys(DATABASE_ROLES),
      verifyConnection: true,
      postgresql: {
        connectionUrl: pulumi.interpolate`postgresql://{{username}}:{{password}}@${host}:${port}/${databaseName}?sslmode=require`,
        username,
        password: pulumi.secret(password),
        passwordAuthentication: "scram-sha-256",
        maxOpenConnections: 4,
      },
    },
    options,
  );
  for (const [role, statements] of Object.entries(DATABASE_ROLES)) {
    new vault.database.SecretBackendRole(
      `${name}-database-${role}`,
      {
        backend: mount.path,
        name: role,
        dbName: connection.name,
        ...CREDENTIAL_SECONDS,
        creationStatements: [...statements.creationStatements],
        renewStatements: [...statements.renewStatements],
        revocationStatements: [...statements.revocationStatements],
      },
      options,
    );
  }
}

/** Credentials of roles that Vault's own cloud identity may assume; it holds no key of a user. */
function createAws(
  name: string,
  roles: NonNullable<VaultConfigurationArgs["awsRoles"]>,
  region: pulumi.Input<string> | undefined,
  options: pulumi.CustomResourceOptions,
): void {
  const engine = new vault.aws.SecretBackend(
    `${name}-aws`,
    {
      path: MOUNTS.aws,
      ...(region === undefined ? {} : { region }),
      defaultLeaseTtlSeconds: CREDENTIAL_SECONDS.defaultTtl,
      maxLeaseTtlSeconds: CREDENTIAL_SECONDS.maxTtl,
    },
    options,
  );
  for (const [role, arn] of Object.entries(roles)) {
    new vault.aws.SecretBackendRole(
      `${name}-aws-${role}`,
      {
        backend: pulumi.output(engine.path).apply((path) => path ?? MOUNTS.aws),
        name: role,
        credentialType: "assumed_role",
        roleArns: [arn],
        defaultStsTtl: 3600,
        maxStsTtl: 3600,
      },
      options,
    );
  }
}

/** All that is wrong with the arguments. */
export function configurationProblems({ awsRoles, awsRegion }: VaultConfigurationArgs): readonly ArgumentProblem[] {
  return problemIf(
    awsRoles !== undefined && awsRegion === undefined,
    "awsRegion",
    "is missing; say in which region the roles' credentials are asked for.",
  );
}
