import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
  pass: [{ rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }] }],
  fail: [
    {
      props: { rules: [{ apiGroups: [""], resources: ["*"], verbs: ["get"] }] },
      problems: ["Rule 1 has * in resources."],
    },
    {
      props: { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["*"] }] },
      problems: ["Rule 1 has * in verbs."],
    },
  ],
};
