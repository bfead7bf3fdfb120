import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Azure roles decide who may use a key vault. */
export const azureVaultRbac = defineRule({
  name: "azure-vault-rbac",
  title: "Azure roles decide who may use a key vault.",
  why: "Access policies are a second list that nobody reviews.",
  fix: "Set properties.enableRbacAuthorization to true.",
  severity: "medium",
  purpose: "access",
  cis: ["Azure 3.0 3.3.6"],
  types: ["azure-native:keyvault:Vault"],
  check: mustBe("properties.enableRbacAuthorization", true),
});
