import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Nobody runs commands in AKS around its network. */
export const aksNoRunCommand = defineRule({
  name: "aks-no-run-command",
  title: "Nobody runs commands in AKS around its network.",
  why: "Run Command reaches a private API server from anywhere.",
  fix: "Set apiServerAccessProfile.disableRunCommand to true.",
  severity: "medium",
  purpose: "boundary",
  types: ["azure-native:containerservice:ManagedCluster"],
  check: mustBe("apiServerAccessProfile.disableRunCommand", true),
});
