import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/nodePool:NodePool",
  pass: [{ nodeConfig: { workloadMetadataConfig: { mode: "GKE_METADATA" } } }],
  fail: [
    {
      props: { nodeConfig: { workloadMetadataConfig: { mode: "another" } } },
      problems: ["nodeConfig.workloadMetadataConfig.mode is another; it must be GKE_METADATA."],
    },
    { props: {}, problems: ["nodeConfig.workloadMetadataConfig.mode is not set; it must be GKE_METADATA."] },
  ],
};
