import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:iam/role:Role",
  pass: [
    {
      assumeRolePolicy:
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": ["eks.amazonaws.com"]}, "Action": "sts:AssumeRole"}]}',
    },
  ],
  fail: [
    {
      props: {
        assumeRolePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "Any", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}',
      },
      problems: ["Any of assumeRolePolicy trusts everyone."],
    },
    {
      props: {
        assumeRolePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}',
      },
      problems: ["statement 1 of assumeRolePolicy trusts everyone."],
    },
  ],
};
