import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:storage:StorageAccount",
  pass: [{ enableHttpsTrafficOnly: true, minimumTlsVersion: "TLS1_2" }],
  fail: [
    {
      props: { enableHttpsTrafficOnly: false, minimumTlsVersion: "TLS1_2" },
      problems: ["enableHttpsTrafficOnly is false; it must not be."],
    },
    {
      props: { enableHttpsTrafficOnly: true, minimumTlsVersion: "TLS1_0" },
      problems: ["minimumTlsVersion is TLS1_0; it must be TLS1_2 or TLS1_3."],
    },
    { props: {}, problems: ["minimumTlsVersion is not set; it must be TLS1_2 or TLS1_3."] },
  ],
};
