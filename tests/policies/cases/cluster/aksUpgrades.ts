import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:ManagedCluster",
  pass: [{ autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" } }],
  fail: [
    {
      props: { autoUpgradeProfile: { upgradeChannel: "none", nodeOSUpgradeChannel: "NodeImage" } },
      problems: ["autoUpgradeProfile.upgradeChannel is none; it must be patch or stable."],
    },
    {
      props: { autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "None" } },
      problems: ["autoUpgradeProfile.nodeOSUpgradeChannel is None; it must be NodeImage or SecurityPatch."],
    },
    {
      props: {},
      problems: [
        "autoUpgradeProfile.upgradeChannel is not set; it must be patch or stable.",
        "autoUpgradeProfile.nodeOSUpgradeChannel is not set; it must be NodeImage or SecurityPatch.",
      ],
    },
  ],
};
