import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:s3/bucketPolicy:BucketPolicy",
  pass: [
    {
      policy:
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}',
    },
    {
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    },
  ],
  fail: [
    {
      props: {
        policy:
          '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}',
      },
      problems: ["policy has no statement that denies s3:* to everyone where aws:SecureTransport is false."],
    },
    {
      props: {
        policy: { Statement: { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: {} } },
      },
      problems: ["policy has no statement that denies s3:* to everyone where aws:SecureTransport is false."],
    },
  ],
};
