import { objects, texts } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A Kubernetes role names its verbs and resources. */
export const roleNoWildcards = defineRule({
  name: "role-no-wildcards",
  title: "A Kubernetes role names its verbs and resources.",
  why: "New kinds, secrets included, are allowed on the day they appear.",
  fix: "List verbs and resources.",
  severity: "high",
  purpose: "leastPrivilege",
  cis: ["Kubernetes 1.9 5.1.3"],
  types: ["kubernetes:rbac.authorization.k8s.io/v1:Role", "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"],
  check: ({ props }) =>
    objects(props, "rules").flatMap((rule, index) =>
      ["verbs", "resources", "apiGroups"]
        .filter((part) => texts(rule, part).includes("*"))
        .map((part) => `Rule ${index + 1} has * in ${part}.`),
    ),
});
