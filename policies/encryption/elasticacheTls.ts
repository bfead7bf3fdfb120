import { every, mustBe, mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** ElastiCache speaks TLS only. */
export const elasticacheTls = defineRule({
  name: "elasticache-tls",
  title: "ElastiCache speaks TLS only.",
  why: "Predictions and features cross zones in plain text otherwise.",
  fix: "Set transitEncryptionEnabled to true and transitEncryptionMode to required.",
  severity: "high",
  purpose: "encryptionInTransit",
  types: ["aws:elasticache/replicationGroup:ReplicationGroup"],
  check: every(mustBe("transitEncryptionEnabled", true), mustNotBe("transitEncryptionMode", ["preferred"])),
});
