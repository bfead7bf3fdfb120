import { texts } from "../frame/read";
import { defineRule } from "../frame/rule";
import { textsSetting } from "../frame/settings";

/** AKS machines are of families that are meant to be used. */
export const azureMachineFamilies = defineRule({
  name: "azure-machine-families",
  title: "AKS machines are of families that are meant to be used.",
  why: "A machine of the largest families costs more in a day than a team in a week.",
  fix: "Take another size, or add its pattern to the rule's sizes.",
  severity: "low",
  purpose: "capacity",
  config: {
    sizes: textsSetting(
      [
        "^Standard_[BDEF]\\d",
        "^Standard_NC(4|8|16|64)as_T4_v3$",
        "^Standard_NV\\d+ads_A10_v5$",
        "^Standard_NC(24|48|96)ads_A100_v4$",
      ],
      "Patterns of sizes that may be used.",
    ),
  },
  types: ["azure-native:containerservice:AgentPool"],
  check: ({ props }, settings) =>
    texts(props, "vmSize")
      .filter((size) => !texts(settings, "sizes").some((pattern) => new RegExp(pattern).test(size)))
      .map((size) => `${size} matches no allowed pattern.`),
});
