import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** ElastiCache encrypts what it writes to disk. */
export const elasticacheEncrypted = defineRule({
  name: "elasticache-encrypted",
  title: "ElastiCache encrypts what it writes to disk.",
  why: "Snapshots and swap hold the cached data.",
  fix: "Set atRestEncryptionEnabled to true.",
  severity: "medium",
  purpose: "encryptionAtRest",
  types: ["aws:elasticache/replicationGroup:ReplicationGroup"],
  check: mustBe("atRestEncryptionEnabled", true),
});
