import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** No role of the stack is administrator of the account. */
export const iamNoAdministrators = defineRule({
  name: "iam-no-administrators",
  title: "No role of the stack is administrator of the account.",
  why: "One flaw in one workload is then the whole account.",
  fix: "Attach a policy of the actions needed.",
  severity: "critical",
  purpose: "leastPrivilege",
  cis: ["AWS 3.0 1.16"],
  types: [
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  ],
  check: ({ props }) => {
    const policy = String(read(props, "policyArn"));
    return /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/.test(policy)
      ? [`policyArn is ${policy}.`]
      : [];
  },
});
