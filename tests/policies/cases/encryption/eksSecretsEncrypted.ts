import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/cluster:Cluster",
  pass: [{ encryptionConfig: { resources: ["secrets"] } }],
  fail: [
    { props: { encryptionConfig: { resources: [] } }, problems: ["encryptionConfig.resources lacks secrets."] },
    { props: {}, problems: ["encryptionConfig.resources lacks secrets."] },
  ],
};
