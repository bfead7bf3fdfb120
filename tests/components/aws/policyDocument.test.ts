import { podTrust, policyDocument, type Statement, serviceTrust } from "../../../components/aws/policyDocument";
import { unwrap } from "../../support/pulumiMocks";

const read: Statement = { sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::models/*"] };
const parsed = async (statements: readonly Statement[]) => JSON.parse(await unwrap(policyDocument(statements)));

test("says what it was told, in IAM's words", async () => {
  expect(await parsed([{ ...read, conditions: { Bool: { "aws:SecureTransport": ["true"] } } }])).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Read",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::models/*"],
        Condition: { Bool: { "aws:SecureTransport": ["true"] } },
      },
    ],
  });
});

test.each<[Statement["principals"], unknown]>([
  [{ services: ["ec2.amazonaws.com"] }, { Service: ["ec2.amazonaws.com"] }],
  [{ aws: ["arn:aws:iam::123456789012:root"] }, { AWS: ["arn:aws:iam::123456789012:root"] }],
  [
    { federated: ["arn:aws:iam::123456789012:oidc-provider/a"] },
    { Federated: ["arn:aws:iam::123456789012:oidc-provider/a"] },
  ],
])("principals %j become %j", async (principals, expected) => {
  const document = await parsed([{ ...read, ...(principals ? { principals } : {}) }]);
  expect(document.Statement[0].Principal).toEqual(expected);
});

test("a statement that cannot name resources says why, and the document says *", async () => {
  const document = await parsed([{ ...read, resources: { any: "the action knows no resources" } }]);
  expect(document.Statement[0].Resource).toBe("*");
});

test.each([
  ["s3:*", 'The statement Read allows "s3:*"; name one action, such as s3:GetObject.'],
  ["s3:Get*", 'The statement Read allows "s3:Get*"; name one action, such as s3:GetObject.'],
  ["*", 'The statement Read allows "*"; name one action, such as s3:GetObject.'],
])("nobody is allowed %s", (action, text) => {
  expect(() => policyDocument([{ ...read, actions: [action] }])).toThrow(new RangeError(text));
});

test("everyone can be denied, never allowed", async () => {
  const document = await parsed([{ ...read, effect: "Deny", actions: ["s3:*"], principals: "everyone" }]);
  expect(document.Statement[0]).toMatchObject({ Effect: "Deny", Principal: "*", Action: ["s3:*"] });
  expect(() => policyDocument([{ ...read, principals: "everyone" }])).toThrow(
    "The statement Read allows everyone; name principals.",
  );
});

test("two statements of one name are a mistake", () => {
  expect(() => policyDocument([read, read])).toThrow("Two statements are called Read; give each a sid of its own.");
});

test("a service's trust can be kept to the account", async () => {
  const trust = JSON.parse(await unwrap(serviceTrust("s3.amazonaws.com", "123456789012"))).Statement[0];
  expect(trust.Condition).toEqual({ StringEquals: { "aws:SourceAccount": ["123456789012"] } });
  expect(trust.Resource).toBeUndefined();
});

test("pods take roles on with the tags of their session", async () => {
  const trust = JSON.parse(await unwrap(podTrust())).Statement[0];
  expect(trust).toMatchObject({
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Principal: { Service: ["pods.eks.amazonaws.com"] },
  });
});
