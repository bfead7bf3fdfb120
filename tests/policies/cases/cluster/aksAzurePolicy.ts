import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:ManagedCluster",
  pass: [{ addonProfiles: { azurepolicy: { enabled: true } } }],
  fail: [
    {
      props: { addonProfiles: { azurepolicy: { enabled: false } } },
      problems: ["addonProfiles.azurepolicy.enabled is false; it must be true."],
    },
    { props: {}, problems: ["addonProfiles.azurepolicy.enabled is not set; it must be true."] },
  ],
};
