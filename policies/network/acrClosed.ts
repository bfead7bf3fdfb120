import { mustBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production container registry answers only inside the network. */
export const acrClosed = defineRule({
  name: "acr-closed",
  title: "A production container registry answers only inside the network.",
  why: "Every address of the internet may try otherwise.",
  fix: "Set publicNetworkAccess to Disabled; that needs the Premium tier.",
  severity: "medium",
  purpose: "boundary",
  levels: PRODUCTION,
  types: ["azure-native:containerregistry:Registry"],
  check: mustBe("publicNetworkAccess", "Disabled"),
});
