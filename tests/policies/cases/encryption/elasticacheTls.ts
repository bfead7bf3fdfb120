import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  pass: [{ transitEncryptionEnabled: true, transitEncryptionMode: "required" }],
  fail: [
    {
      props: { transitEncryptionEnabled: false, transitEncryptionMode: "required" },
      problems: ["transitEncryptionEnabled is false; it must be true."],
    },
    {
      props: { transitEncryptionEnabled: true, transitEncryptionMode: "preferred" },
      problems: ["transitEncryptionMode is preferred; it must not be."],
    },
    { props: {}, problems: ["transitEncryptionEnabled is not set; it must be true."] },
  ],
};
