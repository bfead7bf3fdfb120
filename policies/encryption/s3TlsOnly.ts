import { isForAnyone, statementsOf } from "../frame/documents";
import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A bucket's policy refuses requests without TLS. */
export const s3TlsOnly = defineRule({
  name: "s3-tls-only",
  title: "A bucket's policy refuses requests without TLS.",
  why: "S3 answers plain HTTP unless a policy says no.",
  fix: "Add a statement that denies s3:* to everyone where aws:SecureTransport is false.",
  severity: "high",
  purpose: "encryptionInTransit",
  cis: ["AWS 3.0 2.1.1"],
  types: ["aws:s3/bucketPolicy:BucketPolicy"],
  check: ({ props }) => {
    const refuses = statementsOf(read(props, "policy")).some(
      (statement) =>
        statement.effect === "Deny" &&
        isForAnyone(statement) &&
        statement.actions.some((action) => action === "s3:*" || action === "*") &&
        String(read(statement.condition, "Bool.aws:SecureTransport")) === "false",
    );
    return refuses ? [] : ["policy has no statement that denies s3:* to everyone where aws:SecureTransport is false."];
  },
});
