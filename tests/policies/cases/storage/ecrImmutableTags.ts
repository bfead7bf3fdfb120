import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ecr/repository:Repository",
  pass: [{ imageTagMutability: "IMMUTABLE" }],
  fail: [
    { props: { imageTagMutability: "another" }, problems: ["imageTagMutability is another; it must be IMMUTABLE."] },
    { props: {}, problems: ["imageTagMutability is not set; it must be IMMUTABLE."] },
  ],
};
