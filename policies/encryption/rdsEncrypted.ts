import { mustBe } from "../frame/checks";
import { setTo } from "../frame/remedies";
import { defineRule } from "../frame/rule";

/** RDS storage is encrypted. */
export const rdsEncrypted = defineRule({
  name: "rds-encrypted",
  title: "RDS storage is encrypted.",
  why: "It cannot be turned on later without a new database, and snapshots inherit it.",
  fix: "Set storageEncrypted to true.",
  severity: "critical",
  purpose: "encryptionAtRest",
  cis: ["AWS 3.0 2.3.1"],
  types: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"],
  check: mustBe("storageEncrypted", true),
  remedy: setTo("storageEncrypted", true),
});
