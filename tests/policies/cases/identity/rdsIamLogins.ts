import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ iamDatabaseAuthenticationEnabled: true }],
  fail: [
    {
      props: { iamDatabaseAuthenticationEnabled: false },
      problems: ["iamDatabaseAuthenticationEnabled is false; it must be true."],
    },
    { props: {}, problems: ["iamDatabaseAuthenticationEnabled is not set; it must be true."] },
  ],
};
