import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:ManagedCluster",
  pass: [{ aadProfile: { managed: true, enableAzureRBAC: true } }],
  fail: [
    {
      props: { aadProfile: { managed: false, enableAzureRBAC: true } },
      problems: ["aadProfile.managed is false; it must be true."],
    },
    {
      props: { aadProfile: { managed: true, enableAzureRBAC: false } },
      problems: ["aadProfile.enableAzureRBAC is false; it must be true."],
    },
    {
      props: {},
      problems: [
        "aadProfile.managed is not set; it must be true.",
        "aadProfile.enableAzureRBAC is not set; it must be true.",
      ],
    },
  ],
};
