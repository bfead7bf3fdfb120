import { has } from "../frame/read";
import { defineRule } from "../frame/rule";

/** The stack makes no service account keys. */
export const gcpNoAccountKeys = defineRule({
  name: "gcp-no-account-keys",
  title: "The stack makes no service account keys.",
  why: "Keys do not expire, and are found in code and logs.",
  fix: "Use workload identity.",
  severity: "high",
  purpose: "credentials",
  cis: ["GCP 3.0 1.4"],
  types: ["gcp:serviceaccount/key:Key"],
  check: ({ props }) =>
    has(props, "publicKeyData") ? [] : ["The cloud makes a private key; workload identity needs none."],
});
