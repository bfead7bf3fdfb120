import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:dbforpostgresql:Configuration",
  pass: [{ configurationName: "log_connections", value: "on" }],
  fail: [
    {
      props: { configurationName: "log_connections", value: "off" },
      problems: ["log_connections is off; it must be on."],
    },
  ],
};
