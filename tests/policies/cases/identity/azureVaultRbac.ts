import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:keyvault:Vault",
  pass: [{ properties: { enableRbacAuthorization: true } }],
  fail: [
    {
      props: { properties: { enableRbacAuthorization: false } },
      problems: ["properties.enableRbacAuthorization is false; it must be true."],
    },
    { props: {}, problems: ["properties.enableRbacAuthorization is not set; it must be true."] },
  ],
};
