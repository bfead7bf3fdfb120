import { allowances, isForAnyone } from "../frame/documents";
import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A role can be taken only by those it names. */
export const iamTrustNamed = defineRule({
  name: "iam-trust-named",
  title: "A role can be taken only by those it names.",
  why: "Anyone with an AWS account can take the role otherwise.",
  fix: "Name the service or account in Principal.",
  severity: "critical",
  purpose: "access",
  types: ["aws:iam/role:Role"],
  check: ({ props }) =>
    allowances(read(props, "assumeRolePolicy"))
      .filter(isForAnyone)
      .map(({ sid }) => `${sid} of assumeRolePolicy trusts everyone.`),
});
