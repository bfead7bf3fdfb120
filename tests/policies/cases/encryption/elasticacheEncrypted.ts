import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  pass: [{ atRestEncryptionEnabled: true }],
  fail: [
    { props: { atRestEncryptionEnabled: false }, problems: ["atRestEncryptionEnabled is false; it must be true."] },
    { props: {}, problems: ["atRestEncryptionEnabled is not set; it must be true."] },
  ],
};
