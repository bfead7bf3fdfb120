import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:dbforpostgresql:Configuration",
  pass: [
    { configurationName: "require_secure_transport", value: "on" },
    { configurationName: "work_mem", value: "4096" },
  ],
  fail: [
    {
      props: { configurationName: "require_secure_transport", value: "off" },
      problems: ["require_secure_transport is off; it must be on."],
    },
    {
      props: { configurationName: "ssl_min_protocol_version", value: "TLSv1" },
      problems: ["ssl_min_protocol_version is TLSv1; it must be TLSv1.2 or TLSv1.3."],
    },
  ],
};
