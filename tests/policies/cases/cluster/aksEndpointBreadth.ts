import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:ManagedCluster",
  pass: [
    { apiServerAccessProfile: { enablePrivateCluster: true } },
    { apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.7"] } },
  ],
  fail: [
    { props: {}, problems: ["apiServerAccessProfile lets in 4294967296 public addresses (0.0.0.0/0); at most 256."] },
    {
      props: { apiServerAccessProfile: { authorizedIPRanges: ["0.0.0.0/1", "128.0.0.0/1"] } },
      problems: ["apiServerAccessProfile lets in 4294967296 public addresses (0.0.0.0/1, 128.0.0.0/1); at most 256."],
    },
  ],
};
