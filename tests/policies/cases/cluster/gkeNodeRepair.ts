import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/nodePool:NodePool",
  pass: [{ management: { autoRepair: true, autoUpgrade: true } }],
  fail: [
    {
      props: { management: { autoRepair: false, autoUpgrade: true } },
      problems: ["management.autoRepair is false; it must be true."],
    },
    {
      props: { management: { autoRepair: true, autoUpgrade: false } },
      problems: ["management.autoUpgrade is false; it must be true."],
    },
    {
      props: {},
      problems: [
        "management.autoRepair is not set; it must be true.",
        "management.autoUpgrade is not set; it must be true.",
      ],
    },
  ],
};
