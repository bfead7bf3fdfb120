import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** AKS encrypts temporary disks and caches too. */
export const aksHostEncryption = defineRule({
  name: "aks-host-encryption",
  title: "AKS encrypts temporary disks and caches too.",
  why: "Models on a node's own disk are in plain text otherwise.",
  fix: "Set enableEncryptionAtHost to true.",
  severity: "medium",
  purpose: "encryptionAtRest",
  types: ["azure-native:containerservice:AgentPool"],
  check: mustBe("enableEncryptionAtHost", true),
});
