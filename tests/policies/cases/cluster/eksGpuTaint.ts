import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/nodeGroup:NodeGroup",
  pass: [
    { amiType: "AL2023_x86_64_STANDARD" },
    { amiType: "AL2023_x86_64_NVIDIA", taints: [{ key: "nvidia.com/gpu", effect: "NO_SCHEDULE" }] },
  ],
  fail: [
    { props: { amiType: "AL2023_x86_64_NVIDIA", taints: [] }, problems: ["taints has none; it needs nvidia.com/gpu."] },
    {
      props: { amiType: "BOTTLEROCKET_x86_64_NVIDIA", taints: [{ key: "team", effect: "NO_SCHEDULE" }] },
      problems: ["taints has team; it needs nvidia.com/gpu."],
    },
  ],
};
