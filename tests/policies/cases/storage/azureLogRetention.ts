import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:operationalinsights:Workspace",
  pass: [{ retentionInDays: 400 }],
  fail: [
    { props: { retentionInDays: 401 }, problems: ["retentionInDays is 401; it must be between 1 and 400."] },
    { props: {}, problems: ["retentionInDays is not set; it must be between 1 and 400."] },
  ],
};
