import { simulatedAws } from "../../../support/awsCloud";

const ROLE = "aws:iam/role:Role";
const KEY = "aws:kms/key:Key";
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow" }] });
const keyPolicy = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Action: ["kms:PutKeyPolicy"], Principal: { Service: service } }],
  });

test("roles have names of the whole account, and policies must be policies", () => {
  const aws = simulatedAws();
  const role = aws.create(ROLE, { name: "a", assumeRolePolicy: trust });
  expect(role.outputs.arn).toBe("arn:aws:iam::123456789012:role/a");
  expect(() => aws.create(ROLE, { name: "a", assumeRolePolicy: trust })).toThrow(
    "EntityAlreadyExists: a already exists.",
  );
  expect(() => aws.create(ROLE, { name: "b", assumeRolePolicy: "{}" })).toThrow(
    "MalformedPolicyDocument: Syntax errors in policy.",
  );
  expect(() => aws.create(ROLE, { name: "x".repeat(65), assumeRolePolicy: trust })).toThrow("at most 64 are allowed");
});

test("a role with a policy attached does not go", () => {
  const aws = simulatedAws();
  const role = aws.create(ROLE, { name: "a", assumeRolePolicy: trust });
  aws.create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
    role: "a",
    policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
  });
  expect(() => aws.remove(role)).toThrow("DependencyViolation: resource a has a dependent object");
});

test("only policies that AWS has can be attached", () => {
  const aws = simulatedAws();
  aws.create(ROLE, { name: "a", assumeRolePolicy: trust });
  const policyArn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicies";
  expect(() => aws.create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "a", policyArn })).toThrow(
    `NoSuchEntity: Policy ${policyArn} does not exist or is not attachable.`,
  );
});

test("a policy that is too long is refused", () => {
  const aws = simulatedAws();
  aws.create(ROLE, { name: "a", assumeRolePolicy: trust });
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "x".repeat(11_000) }] });
  expect(() => aws.create("aws:iam/rolePolicy:RolePolicy", { role: "a", name: "long", policy })).toThrow(
    "LimitExceeded: Cannot exceed quota for PolicySize: 10240",
  );
});

test("a key that nobody could change again is refused", () => {
  expect(() => simulatedAws().create(KEY, { policy: trust })).toThrow(
    "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.",
  );
});

test("a log group's key must let CloudWatch Logs of the region in", () => {
  const aws = simulatedAws();
  const shut = aws.create(KEY, { policy: keyPolicy("logs.eu-west-1.amazonaws.com") });
  const open = aws.create(KEY, { policy: keyPolicy("logs.us-east-1.amazonaws.com") });
  const group = (name: string, kmsKeyId: unknown) => aws.create("aws:cloudwatch/logGroup:LogGroup", { name, kmsKeyId });
  expect(() => group("/a", shut.outputs.arn)).toThrow(
    "AccessDeniedException: The specified KMS Key Id could not be used",
  );
  expect(group("/a", open.outputs.arn).outputs.arn).toBe("arn:aws:logs:us-east-1:123456789012:log-group:/a");
});

test("a key in use does not go", () => {
  const aws = simulatedAws();
  const key = aws.create(KEY, { policy: keyPolicy("logs.us-east-1.amazonaws.com") });
  aws.create("aws:kms/alias:Alias", { name: "alias/a", targetKeyId: key.outputs.keyId });
  expect(() => aws.remove(key)).toThrow("DependencyViolation");
});
