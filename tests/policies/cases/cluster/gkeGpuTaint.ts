import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/nodePool:NodePool",
  pass: [
    { nodeConfig: { guestAccelerators: [] } },
    { nodeConfig: { guestAccelerators: [{ type: "nvidia-tesla-t4", count: 1 }], taints: [{ key: "nvidia.com/gpu" }] } },
  ],
  fail: [
    {
      props: { nodeConfig: { guestAccelerators: [{ type: "nvidia-tesla-t4", count: 1 }], taints: [] } },
      problems: ["taints has none; it needs nvidia.com/gpu."],
    },
  ],
};
