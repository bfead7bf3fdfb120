import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ storageEncrypted: true }],
  fail: [
    { props: { storageEncrypted: false }, problems: ["storageEncrypted is false; it must be true."] },
    { props: {}, problems: ["storageEncrypted is not set; it must be true."] },
  ],
};
