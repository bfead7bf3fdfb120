import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ datapathProvider: "ADVANCED_DATAPATH" }, { networkPolicy: { enabled: true } }],
  fail: [
    { props: {}, problems: ["datapathProvider is not set and networkPolicy is off; one must enforce policies."] },
    {
      props: { datapathProvider: "LEGACY_DATAPATH" },
      problems: ["datapathProvider is LEGACY_DATAPATH and networkPolicy is off; one must enforce policies."],
    },
  ],
};
