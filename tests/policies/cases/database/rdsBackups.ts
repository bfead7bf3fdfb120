import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ backupRetentionPeriod: 7 }],
  fail: [
    { props: { backupRetentionPeriod: 6 }, problems: ["backupRetentionPeriod is 6; it must be at least 7."] },
    { props: {}, problems: ["backupRetentionPeriod is not set; it must be at least 7."] },
  ],
};
