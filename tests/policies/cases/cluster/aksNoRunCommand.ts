import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:ManagedCluster",
  pass: [{ apiServerAccessProfile: { disableRunCommand: true } }],
  fail: [
    {
      props: { apiServerAccessProfile: { disableRunCommand: false } },
      problems: ["apiServerAccessProfile.disableRunCommand is false; it must be true."],
    },
    { props: {}, problems: ["apiServerAccessProfile.disableRunCommand is not set; it must be true."] },
  ],
};
