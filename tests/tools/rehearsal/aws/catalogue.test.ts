import { awsCatalogue } from "../../../../tools/rehearsal/aws/catalogue";

const { locate, defaultTags, refusals } = awsCatalogue;

test.each<[object, object]>([
  [{ region: "us-east-1" }, { account: "123456789012", region: "us-east-1" }],
  [
    { region: "eu-west-1", allowedAccountIds: ["111111111111"] },
    { account: "111111111111", region: "eu-west-1" },
  ],
  [
    { region: "eu-west-1", assumeRoles: [{ roleArn: "arn:aws:iam::222222222222:role/deploy" }] },
    { account: "222222222222", region: "eu-west-1" },
  ],
])("a provider of %j works in %j", (config, expected) => {
  expect(locate(config as Parameters<typeof locate>[0])).toEqual(expected);
});

test.each([{}, { region: "nowhere" }])("a provider of %j cannot work", (config) => {
  expect(() => locate(config)).toThrow("Missing or invalid region configuration");
});

test("default tags are those of the provider", () => {
  expect(defaultTags?.of({ defaultTags: { tags: { Stack: "prod" } } })).toEqual({ Stack: "prod" });
  expect(defaultTags?.of({})).toEqual({});
});

test.each([
  ["aws:iam/role:Role", "EntityAlreadyExists: a already exists."],
  ["aws:s3/bucket:Bucket", "BucketAlreadyExists: a already exists."],
  ["aws:eks/cluster:Cluster", "ResourceInUseException: a already exists."],
  ["aws:sns/topic:Topic", "ResourceExistsException: a already exists."],
])("%s says that a name is taken in its service's words", (token, text) => {
  expect(refusals.exists(token, "a")).toBe(text);
});
