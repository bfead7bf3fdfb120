import { every, mustBeOneOf } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** AKS installs patches by itself. */
export const aksUpgrades = defineRule({
  name: "aks-upgrades",
  title: "AKS installs patches by itself.",
  why: "A cluster that nobody patches is soon out of support.",
  fix: "Set autoUpgradeProfile.upgradeChannel to patch or stable, and nodeOSUpgradeChannel to NodeImage or SecurityPatch.",
  severity: "medium",
  purpose: "patching",
  types: ["azure-native:containerservice:ManagedCluster"],
  check: every(
    mustBeOneOf("autoUpgradeProfile.upgradeChannel", ["patch", "stable"]),
    mustBeOneOf("autoUpgradeProfile.nodeOSUpgradeChannel", ["NodeImage", "SecurityPatch"]),
  ),
});
