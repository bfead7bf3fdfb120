import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:iam/policy:Policy",
  pass: [
    {
      policy:
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["ec2:DescribeSubnets"], "Resource": "*"}]}',
    },
    {
      policy:
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}}]}',
    },
  ],
  fail: [
    {
      props: {
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "Pass", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}',
      },
      problems: ["Pass allows iam:PassRole on every resource."],
    },
  ],
};
