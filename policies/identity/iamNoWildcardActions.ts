import { allowances } from "../frame/documents";
import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** An IAM policy names the actions that it allows. */
export const iamNoWildcardActions = defineRule({
  name: "iam-no-wildcard-actions",
  title: "An IAM policy names the actions that it allows.",
  why: "A service's new actions are allowed on the day they appear.",
  fix: "List the actions that the workload calls.",
  severity: "critical",
  purpose: "leastPrivilege",
  cis: ["AWS 3.0 1.16"],
  types: [
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
  ],
  check: ({ props }) =>
    allowances(read(props, "policy")).flatMap(({ sid, actions, inverted }) => {
      const broad = actions.filter((action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action));
      if (inverted) return [`${sid} allows all but a list (NotAction, NotResource).`];
      return broad.length > 0 ? [`${sid} allows ${broad.join(", ")}.`] : [];
    }),
});
