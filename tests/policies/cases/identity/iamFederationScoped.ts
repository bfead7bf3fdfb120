import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:iam/role:Role",
  pass: [
    {
      assumeRolePolicy:
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/forge"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"forge:sub": "repo:a/b"}}}]}',
    },
  ],
  fail: [
    {
      props: {
        assumeRolePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "Forge", "Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/forge"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"forge:aud": "sts.amazonaws.com"}}}]}',
      },
      problems: ["Forge of assumeRolePolicy has no condition on :sub."],
    },
  ],
};
