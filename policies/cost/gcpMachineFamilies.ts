import { list, texts } from "../frame/read";
import { defineRule } from "../frame/rule";
import { textsSetting } from "../frame/settings";

/** GKE machines are of families that are meant to be used. */
export const gcpMachineFamilies = defineRule({
  name: "gcp-machine-families",
  title: "GKE machines are of families that are meant to be used.",
  why: "A machine of the largest families costs more in a day than a team in a week.",
  fix: "Take another type, or add the family to the rule's families.",
  severity: "low",
  purpose: "capacity",
  config: {
    families: textsSetting(
      ["e2", "n1", "n2", "n2d", "n4", "c3", "c3d", "c4", "t2d", "t2a", "g2"],
      "Families that may be used.",
    ),
  },
  types: ["gcp:container/nodePool:NodePool"],
  check: ({ props }, settings) =>
    texts(props, "nodeConfig.machineType")
      .filter((machine) => !list(settings, "families").includes(machine.split("-")[0]))
      .map((machine) => `${machine} is of no allowed family.`),
});
