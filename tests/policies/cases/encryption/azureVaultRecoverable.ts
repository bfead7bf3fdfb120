import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:keyvault:Vault",
  pass: [{ properties: { enablePurgeProtection: true } }],
  fail: [
    {
      props: { properties: { enablePurgeProtection: false } },
      problems: ["properties.enablePurgeProtection is false; it must be true."],
    },
    { props: {}, problems: ["properties.enablePurgeProtection is not set; it must be true."] },
  ],
};
