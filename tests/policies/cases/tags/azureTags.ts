import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:resources:ResourceGroup",
  pass: [{ tags: { stack: "prod", environment: "prod", "managed-by": "tideline" } }],
  fail: [
    { props: { tags: { stack: "prod" } }, problems: ["tags lacks environment, managed-by."] },
    { props: {}, problems: ["tags lacks stack, environment, managed-by."] },
  ],
};
