import { simulatedAws } from "../../../support/awsCloud";

const INSTANCE = "aws:rds/instance:Instance";
const instance = {
  identifier: "meta",
  engine: "postgres",
  instanceClass: "db.r6g.large",
  allocatedStorage: 100,
  manageMasterUserPassword: true,
  skipFinalSnapshot: true,
};

test("a database tells where it is and where its password is kept", () => {
  const { outputs } = simulatedAws().create(INSTANCE, instance);
  expect(outputs.address).toMatch(/^meta\.c[0-9a-z]+\.us-east-1\.rds\.amazonaws\.com$/);
  expect(outputs.arn).toBe("arn:aws:rds:us-east-1:123456789012:db:meta");
  expect(outputs.masterUserSecrets).toEqual([
    { secretArn: expect.stringMatching(/:secret:rds!db-/), secretStatus: "active" },
  ]);
});

test.each<[string, Record<string, unknown>, string]>([
  ["two passwords", { password: "x".repeat(20) }, "You can't specify MasterUserPassword"],
  ["no password", { manageMasterUserPassword: false }, "The parameter MasterUserPassword must be provided"],
  ["no last snapshot", { skipFinalSnapshot: false }, "FinalDBSnapshotIdentifier is required"],
  ["no room to grow", { maxAllocatedStorage: 105 }, "Max storage size must be at least 10% greater"],
  ["the name admin", { username: "admin" }, "does not match"],
  [
    "a class that there is not",
    { instanceClass: "db.r6g.3xlarge" },
    "InvalidParameterValue: Invalid DB Instance class: db.r6g.3xlarge",
  ],
  ["MySQL", { engine: "mysql" }, "allowed: postgres"],
])("%s is refused", (_, changes, text) => {
  expect(() => simulatedAws().create(INSTANCE, { ...instance, ...changes })).toThrow(text);
});

test("storage only grows", () => {
  const aws = simulatedAws();
  const made = aws.create(INSTANCE, instance);
  expect(() => aws.update(made, { ...instance, allocatedStorage: 200 })).not.toThrow();
  expect(() => aws.update(made, { ...instance, allocatedStorage: 50 })).toThrow(
    "InvalidParameterCombination: Invalid storage size",
  );
});

test("a protected database does not go", () => {
  const aws = simulatedAws();
  const made = aws.create(INSTANCE, { ...instance, deletionProtection: true });
  expect(() => aws.remove(made)).toThrow(
    `${made.id} cannot be deleted while deletionProtection is on; turn it off first.`,
  );
  aws.remove(aws.update(made, { ...instance, deletionProtection: false }));
});

test("a subnet group covers two zones", () => {
  const aws = simulatedAws();
  const vpc = aws.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.1.0.0/16" });
  const ids = ["10.1.0.0/24", "10.1.1.0/24"].map(
    (cidrBlock) => aws.create("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock, availabilityZoneId: "use1-az1" }).id,
  );
  expect(() => aws.create("aws:rds/subnetGroup:SubnetGroup", { name: "a", subnetIds: ids })).toThrow(
    "DBSubnetGroupDoesNotCoverEnoughAZs",
  );
});

test("backups are copied to another region only", () => {
  const aws = simulatedAws();
  const made = aws.create(INSTANCE, instance);
  const copy = { sourceDbInstanceArn: made.outputs.arn, retentionPeriod: 7 };
  const token = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";
  expect(() => aws.create(token, copy)).toThrow(
    "InvalidParameterValue: The source and destination regions must differ.",
  );
  expect(() => aws.create(token, { ...copy, region: "us-west-2" })).not.toThrow();
});
