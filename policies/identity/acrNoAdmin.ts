import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** A container registry has no administrator's password. */
export const acrNoAdmin = defineRule({
  name: "acr-no-admin",
  title: "A container registry has no administrator's password.",
  why: "One shared password can push any image.",
  fix: "Set adminUserEnabled to false.",
  severity: "high",
  purpose: "credentials",
  types: ["azure-native:containerregistry:Registry"],
  check: mustNotBe("adminUserEnabled", [true]),
});
