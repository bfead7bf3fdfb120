import { defineRule } from "../frame/rule";

/** The stack makes no access keys. */
export const iamNoAccessKeys = defineRule({
  name: "iam-no-access-keys",
  title: "The stack makes no access keys.",
  why: "Keys do not expire, and are found in code and logs.",
  fix: "Use Pod Identity, or a role for the forge's identity provider.",
  severity: "high",
  purpose: "credentials",
  types: ["aws:iam/accessKey:AccessKey"],
  check: ({ props }) => (props.status === "Inactive" ? [] : ["An active key; a role gives credentials that expire."]),
});
