import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/nodePool:NodePool",
  pass: [{ nodeConfig: { shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true } } }],
  fail: [
    {
      props: { nodeConfig: { shieldedInstanceConfig: { enableSecureBoot: false, enableIntegrityMonitoring: true } } },
      problems: ["nodeConfig.shieldedInstanceConfig.enableSecureBoot is false; it must be true."],
    },
    {
      props: { nodeConfig: { shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: false } } },
      problems: ["nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring is false; it must be true."],
    },
    {
      props: {},
      problems: [
        "nodeConfig.shieldedInstanceConfig.enableSecureBoot is not set; it must be true.",
        "nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring is not set; it must be true.",
      ],
    },
  ],
};
