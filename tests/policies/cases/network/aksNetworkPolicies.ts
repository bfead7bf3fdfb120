import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:ManagedCluster",
  pass: [{ networkProfile: { networkPolicy: "cilium" } }],
  fail: [
    {
      props: { networkProfile: { networkPolicy: "none" } },
      problems: ["networkProfile.networkPolicy is none; it must be cilium or azure or calico."],
    },
    { props: {}, problems: ["networkProfile.networkPolicy is not set; it must be cilium or azure or calico."] },
  ],
};
