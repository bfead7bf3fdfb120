import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:AgentPool",
  pass: [{ enableEncryptionAtHost: true }],
  fail: [
    { props: { enableEncryptionAtHost: false }, problems: ["enableEncryptionAtHost is false; it must be true."] },
    { props: {}, problems: ["enableEncryptionAtHost is not set; it must be true."] },
  ],
};
