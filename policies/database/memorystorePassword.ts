import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Memorystore asks for a password. */
export const memorystorePassword = defineRule({
  name: "memorystore-password",
  title: "Memorystore asks for a password.",
  why: "Anything in the network can read and flush it otherwise.",
  fix: "Set authEnabled to true.",
  severity: "high",
  purpose: "access",
  types: ["gcp:redis/instance:Instance"],
  check: mustBe("authEnabled", true),
});
