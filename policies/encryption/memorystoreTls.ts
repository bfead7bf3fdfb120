import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Memorystore speaks TLS. */
export const memorystoreTls = defineRule({
  name: "memorystore-tls",
  title: "Memorystore speaks TLS.",
  why: "Predictions and features cross zones in plain text otherwise.",
  fix: "Set transitEncryptionMode to SERVER_AUTHENTICATION.",
  severity: "high",
  purpose: "encryptionInTransit",
  types: ["gcp:redis/instance:Instance"],
  check: mustBe("transitEncryptionMode", "SERVER_AUTHENTICATION"),
});
