import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ autoMinorVersionUpgrade: true }],
  fail: [
    { props: { autoMinorVersionUpgrade: false }, problems: ["autoMinorVersionUpgrade is false; it must not be."] },
  ],
};
