import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  pass: [
    { roleRef: { name: "view" }, subjects: [{ kind: "ServiceAccount", name: "serving" }] },
    { roleRef: { name: "cluster-admin" }, subjects: [{ kind: "Group", name: "operators" }] },
  ],
  fail: [
    {
      props: { roleRef: { name: "cluster-admin" }, subjects: [{ kind: "ServiceAccount", name: "serving" }] },
      problems: ["The service account serving is cluster-admin."],
    },
  ],
};
