import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ enabledCloudwatchLogsExports: ["postgresql"] }],
  fail: [
    { props: { enabledCloudwatchLogsExports: [] }, problems: ["enabledCloudwatchLogsExports lacks postgresql."] },
    { props: {}, problems: ["enabledCloudwatchLogsExports lacks postgresql."] },
  ],
};
