import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/nodePool:NodePool",
  pass: [{ nodeConfig: { machineType: "n2-standard-8" } }],
  fail: [
    { props: { nodeConfig: { machineType: "a3-highgpu-8g" } }, problems: ["a3-highgpu-8g is of no allowed family."] },
  ],
};
