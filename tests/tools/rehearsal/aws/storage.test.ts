import { simulatedAws } from "../../../support/awsCloud";

const BUCKET = "aws:s3/bucket:Bucket";
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow" }] });

test("a bucket's name is the whole world's", () => {
  const aws = simulatedAws();
  aws.create(BUCKET, { bucket: "models" });
  expect(() => aws.create(BUCKET, { bucket: "models" })).toThrow("BucketAlreadyExists: models already exists.");
  expect(() => aws.create(BUCKET, { bucket: "Models" })).toThrow("does not match");
});

test("a policy for everyone is blocked", () => {
  const aws = simulatedAws();
  aws.create(BUCKET, { bucket: "models" });
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*" }] });
  expect(() => aws.create("aws:s3/bucketPolicy:BucketPolicy", { bucket: "models", policy })).toThrow(
    "AccessDenied: public policies are blocked by the BlockPublicPolicy setting",
  );
});

test("replication needs versions on both sides", () => {
  const aws = simulatedAws();
  const role = aws.create("aws:iam/role:Role", { name: "a", assumeRolePolicy: trust });
  for (const bucket of ["from", "to1"]) aws.create(BUCKET, { bucket: `${bucket}-bucket` });
  const versioned = (bucket: string) =>
    aws.create("aws:s3/bucketVersioning:BucketVersioning", { bucket, versioningConfiguration: { status: "Enabled" } });
  const replicate = () =>
    aws.create("aws:s3/bucketReplicationConfig:BucketReplicationConfig", {
      bucket: "from-bucket",
      role: role.outputs.arn,
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::to1-bucket" } }],
    });
  versioned("from-bucket");
  expect(replicate).toThrow("InvalidRequest: Versioning must be 'Enabled' on the bucket");
  versioned("to1-bucket");
  expect(replicate).not.toThrow();
});
