import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/nodePool:NodePool",
  pass: [{ nodeConfig: { imageType: "COS_CONTAINERD" } }],
  fail: [
    {
      props: { nodeConfig: { imageType: "another" } },
      problems: ["nodeConfig.imageType is another; it must be COS_CONTAINERD."],
    },
    { props: {}, problems: ["nodeConfig.imageType is not set; it must be COS_CONTAINERD."] },
  ],
};
