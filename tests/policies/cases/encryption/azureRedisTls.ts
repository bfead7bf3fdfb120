import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:redisenterprise:Database",
  pass: [{ clientProtocol: "Encrypted" }],
  fail: [{ props: { clientProtocol: "Plaintext" }, problems: ["clientProtocol is Plaintext; it must not be."] }],
};
