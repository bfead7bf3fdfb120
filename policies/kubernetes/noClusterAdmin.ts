import { objects, read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** No workload is cluster-admin. */
export const noClusterAdmin = defineRule({
  name: "no-cluster-admin",
  title: "No workload is cluster-admin.",
  why: "One flaw in it is the whole cluster.",
  fix: "Bind a role of the verbs needed.",
  severity: "critical",
  purpose: "leastPrivilege",
  cis: ["Kubernetes 1.9 5.1.1"],
  types: [
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  ],
  check: ({ props }) => {
    const role = read(props, "roleRef.name");
    const accounts = objects(props, "subjects").filter(({ kind }) => kind === "ServiceAccount");
    return role === "cluster-admin" && accounts.length > 0
      ? accounts.map((account) => `The service account ${show(account.name)} is cluster-admin.`)
      : [];
  },
});
