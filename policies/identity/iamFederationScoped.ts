import { allowances } from "../frame/documents";
import { isObject, read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A role for an identity provider names the workload that may take it. */
export const iamFederationScoped = defineRule({
  name: "iam-federation-scoped",
  title: "A role for an identity provider names the workload that may take it.",
  why: "Without a condition on :sub every workload of the cluster or every repository of the forge can take the role.",
  fix: "Add a condition on the provider's :sub.",
  severity: "high",
  purpose: "access",
  types: ["aws:iam/role:Role"],
  check: ({ props }) =>
    allowances(read(props, "assumeRolePolicy")).flatMap(({ sid, principals, condition }) => {
      const federated = principals.some((principal) => /^Federated:.*oidc-provider/.test(principal));
      const keys = Object.values(condition).flatMap((test) => (isObject(test) ? Object.keys(test) : []));
      if (!federated || keys.some((key) => key.endsWith(":sub"))) return [];
      return [`${sid} of assumeRolePolicy has no condition on :sub.`];
    }),
});
