import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  pass: [{ automaticFailoverEnabled: true, multiAzEnabled: true }],
  fail: [
    {
      props: { automaticFailoverEnabled: false, multiAzEnabled: true },
      problems: ["automaticFailoverEnabled is false; it must be true."],
    },
    {
      props: { automaticFailoverEnabled: true, multiAzEnabled: false },
      problems: ["multiAzEnabled is false; it must be true."],
    },
    {
      props: {},
      problems: [
        "automaticFailoverEnabled is not set; it must be true.",
        "multiAzEnabled is not set; it must be true.",
      ],
    },
  ],
};
