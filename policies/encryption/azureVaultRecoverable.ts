import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** A deleted key vault can be had back. */
export const azureVaultRecoverable = defineRule({
  name: "azure-vault-recoverable",
  title: "A deleted key vault can be had back.",
  why: "With a key everything encrypted by it is gone.",
  fix: "Set properties.enablePurgeProtection to true.",
  severity: "high",
  purpose: "backup",
  cis: ["Azure 3.0 3.3.5"],
  types: ["azure-native:keyvault:Vault"],
  check: mustBe("properties.enablePurgeProtection", true),
});
