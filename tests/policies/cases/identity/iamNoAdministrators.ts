import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  pass: [{ policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" }],
  fail: [
    {
      props: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      problems: ["policyArn is arn:aws:iam::aws:policy/AdministratorAccess."],
    },
  ],
};
