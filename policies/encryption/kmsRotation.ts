import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** KMS rotates its keys. */
export const kmsRotation = defineRule({
  name: "kms-rotation",
  title: "KMS rotates its keys.",
  why: "A key that never changes protects ever more data if it leaks.",
  fix: "Set enableKeyRotation to true.",
  severity: "medium",
  purpose: "encryptionAtRest",
  cis: ["AWS 3.0 3.6"],
  types: ["aws:kms/key:Key"],
  check: mustBe("enableKeyRotation", true),
});
