import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/parameterGroup:ParameterGroup",
  pass: [{ family: "postgres17", parameters: [{ name: "rds.force_ssl", value: "1" }] }, { family: "mysql8.0" }],
  fail: [
    {
      props: { family: "postgres17", parameters: [{ name: "rds.force_ssl", value: "0" }] },
      problems: ["rds.force_ssl is 0; it must be 1."],
    },
    { props: { family: "postgres17" }, problems: ["rds.force_ssl is not set; it must be 1."] },
  ],
};
