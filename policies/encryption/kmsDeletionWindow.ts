import { mustReach } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A deleted KMS key can be had back for two weeks. */
export const kmsDeletionWindow = defineRule({
  name: "kms-deletion-window",
  title: "A deleted KMS key can be had back for two weeks.",
  why: "With the key everything encrypted by it is gone.",
  fix: "Set deletionWindowInDays to at least 14.",
  severity: "medium",
  purpose: "backup",
  levels: PRODUCTION,
  config: { minDays: { type: "number", default: 14, description: "Days until a deleted key is gone." } },
  types: ["aws:kms/key:Key"],
  check: mustReach("deletionWindowInDays", "minDays"),
});
