import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:iam/policy:Policy",
  pass: [
    {
      policy:
        '{"Version": "2012-10-17", "Statement": [{"Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject", "s3:List*"], "Resource": "arn:aws:s3:::models/*"}]}',
    },
  ],
  fail: [
    {
      props: {
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::models"}]}',
      },
      problems: ["All allows *."],
    },
    {
      props: {
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:*"], "Resource": "arn:aws:s3:::models"}]}',
      },
      problems: ["statement 1 allows s3:*."],
    },
    {
      props: {
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "Rest", "Effect": "Allow", "NotAction": "iam:*", "Resource": "arn:aws:s3:::models"}]}',
      },
      problems: ["Rest allows all but a list (NotAction, NotResource)."],
    },
  ],
};
