import { AwsDatabase, type AwsDatabaseArgs } from "../../../components/aws/database";
import { AwsNetwork } from "../../../components/aws/network";
import { place, recordAws } from "../../support/awsCloud";
import { isSecret, type Recording, unwrap } from "../../support/pulumiMocks";

const INSTANCE = "aws:rds/instance:Instance";

const database = (changes: Partial<AwsDatabaseArgs>) =>
  new AwsDatabase("meta", {
    place: place(),
    networkId: "vpc-00000000000000001",
    subnetIds: [],
    clientCidrs: ["10.1.0.0/16"],
    instanceClass: "db.r6g.xlarge",
    storageGb: 100,
    ...changes,
  });

function build(changes: Partial<AwsDatabaseArgs> = {}) {
  const network = new AwsNetwork("net", { place: place(), cidr: "10.1.0.0/16", zones: 3, nat: "onePerZone" });
  return database({ networkId: network.networkId, subnetIds: network.databaseSubnetIds, ...changes });
}

describe.each([false, true])("the database of prod, planned %s", (preview) => {
  let recording: Recording<AwsDatabase>;
  beforeAll(async () => {
    recording = await recordAws(() => build(), { preview });
  });

  test("is private, encrypted, on standby in another zone, and hard to lose", () => {
    expect(recording.one(INSTANCE).inputs).toMatchObject({
      identifier: "tideline-prod-meta",
      engine: "postgres",
      engineVersion: "17",
      publiclyAccessible: false,
      storageEncrypted: true,
      storageType: "gp3",
      allocatedStorage: 100,
      maxAllocatedStorage: 200,
      multiAz: true,
      backupRetentionPeriod: 7,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "tideline-prod-meta-final",
      applyImmediately: false,
      manageMasterUserPassword: true,
    });
  });

  test("is watched: monitoring each minute, insights, both logs in encrypted groups that are there first", () => {
    const instance = recording.one(INSTANCE);
    expect(instance.inputs).toMatchObject({
      monitoringInterval: 60,
      performanceInsightsEnabled: true,
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
    });
    const group = recording.one("aws:cloudwatch/logGroup:LogGroup", "meta-postgresql-logs");
    expect(group.inputs.name).toBe("/aws/rds/instance/tideline-prod-meta/postgresql");
    expect(instance.dependencies).toContain(group.urn);
  });

  test("has its settings, and connections need TLS", () => {
    const { inputs } = recording.one("aws:rds/parameterGroup:ParameterGroup");
    const settings = Object.fromEntries(
      (inputs.parameters as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
    );
    expect(inputs.family).toBe("postgres17");
    expect(settings).toMatchObject({
      shared_preload_libraries: "pg_stat_statements,auto_explain",
      "rds.force_ssl": "1",
      log_min_duration_statement: "1000",
    });
  });

  test("is reached on Postgres's port from the network alone", () => {
    expect(
      recording.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "meta-postgres-0").inputs,
    ).toMatchObject({
      fromPort: 5432,
      toPort: 5432,
      cidrIpv4: "10.1.0.0/16",
    });
  });
});

test("RDS's own secret is the password's place", async () => {
  const { result } = await recordAws(() => build());
  expect(await unwrap(result.passwordSecret)).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-/);
  expect(await unwrap(result.host)).toMatch(/^tideline-prod-meta\..*\.us-east-1\.rds\.amazonaws\.com$/);
  expect(await unwrap(result.port)).toBe(5432);
});

test("a password of ours is in a secret and never in plain text", async () => {
  const recording = await recordAws(() => build({ password: "generated" }));
  const instance = recording.one(INSTANCE);
  expect(instance.secretInputs).toContain("password");
  expect(instance.inputs.manageMasterUserPassword).toBeUndefined();
  const version = recording.one("aws:secretsmanager/secretVersion:SecretVersion");
  expect(version.secretInputs).toContain("secretString");
  expect(await isSecret(recording.result.passwordSecret)).toBe(false);
});

test("dev is small, alone and goes without a trace", async () => {
  const recording = await recordAws(() => build({ place: place("dev"), instanceClass: "db.t4g.medium" }));
  expect(recording.one(INSTANCE).inputs).toMatchObject({
    multiAz: false,
    deletionProtection: false,
    skipFinalSnapshot: true,
    deleteAutomatedBackups: true,
    applyImmediately: true,
  });
});

describe("wrong arguments are refused while planning", () => {
  test.each<[string, Partial<AwsDatabaseArgs>, string]>([
    [
      "instanceClass",
      { instanceClass: "r6g.xlarge" },
      'is "r6g.xlarge", which is no class of RDS; give one such as db.r6g.xlarge.',
    ],
    ["storageGb", { storageGb: 10 }, "is 10; give a whole number of 20 to 65536 GiB, what gp3 on RDS can be."],
    [
      "maxStorageGb",
      { maxStorageGb: 105 },
      "is 105 for storageGb 100; RDS wants at least a tenth more and at most 65536 GiB.",
    ],
    [
      "backupRetentionDays",
      { backupRetentionDays: 0 },
      "is 0; give 1 to 35 days, what RDS keeps. Without backups there is no point in time to go back to.",
    ],
    [
      "backupRetentionDays",
      { backupRetentionDays: 3 },
      "is 3 in prod, too short to notice a loss over a holiday; give at least 7.",
    ],
    [
      "highlyAvailable",
      { highlyAvailable: false },
      "is false in prod, where one zone's failure would take every model's metadata; give true.",
    ],
    [
      "clientCidrs[1]",
      { clientCidrs: ["10.1.0.0/16", "0.0.0.0/0"] },
      "is \"0.0.0.0/0\"; give IPv4 networks in CIDR notation, such as the VPC's, not everyone's.",
    ],
    ["clientCidrs", { clientCidrs: [] }, "is empty, so that nobody could connect; give the VPC's range."],
  ])("%s %j", async (path, changes, reason) => {
    const refused = recordAws(() => database(changes));
    await expect(refused).rejects.toThrow(`AwsDatabase "meta" cannot be planned:\n  ${path} ${reason}`);
    await expect(refused).rejects.toMatchObject({ errors: [expect.objectContaining({ propertyPath: path })] });
  });
});
