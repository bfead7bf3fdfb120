import type { Sketch, StackCases } from "../../ruleCases";

const trust = (principal: unknown) => ({
  assumeRolePolicy: JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  }),
});
const aws = (principal: unknown): readonly Sketch[] => [
  { type: "aws:s3/bucket:Bucket", name: "models" },
  { type: "aws:iam/role:Role", name: "role", props: trust(principal) },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "grant",
    refs: { policy: ["models"], role: ["role"] },
  },
];
const gcp = (...member: string[]): readonly Sketch[] => [
  { type: "gcp:serviceaccount/account:Account", name: "serving" },
  { type: "gcp:storage/bucketIAMMember:BucketIAMMember", name: "grant", refs: { member } },
];
const azure = (scope: string, ...principalId: string[]): readonly Sketch[] => [
  { type: "azure-native:storage:StorageAccount", name: "store" },
  { type: "azure-native:keyvault:Vault", name: "vault" },
  { type: "azure-native:managedidentity:UserAssignedIdentity", name: "serving" },
  { type: "azure-native:authorization:RoleAssignment", name: "grant", refs: { scope: [scope], principalId } },
];

export const cases: StackCases = {
  pass: [
    aws({ Service: "pods.eks.amazonaws.com" }),
    aws({ Service: ["s3.amazonaws.com", "batchoperations.s3.amazonaws.com"] }),
    aws({ Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/A" }),
    gcp("serving"),
    azure("store", "serving"),
    azure("vault"),
  ],
  fail: [
    {
      stack: aws({ Service: "ec2.amazonaws.com", AWS: "arn:aws:iam::210987654321:root" }),
      problems: [
        "It grants a bucket to a role that Service:ec2.amazonaws.com, AWS:arn:aws:iam::210987654321:root can take on.",
      ],
    },
    { stack: gcp(), problems: ["member is not a service account of this stack."] },
    { stack: azure("store"), problems: ["principalId is not a managed identity of this stack."] },
  ],
};
