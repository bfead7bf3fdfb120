import { list, texts } from "../frame/read";
import { defineRule } from "../frame/rule";
import { textsSetting } from "../frame/settings";

/** Machines are of families that are meant to be used. */
export const awsInstanceFamilies = defineRule({
  name: "aws-instance-families",
  title: "Machines are of families that are meant to be used.",
  why: "A machine of the largest families costs more in a day than a team in a week.",
  fix: "Take another type, or add the family to the rule's families.",
  severity: "low",
  purpose: "capacity",
  config: {
    families: textsSetting(
      [
        "t3",
        "t3a",
        "t4g",
        "m5",
        "m5a",
        "m6a",
        "m6i",
        "m6g",
        "m7a",
        "m7i",
        "m7g",
        "m8g",
        "c5",
        "c6a",
        "c6i",
        "c6g",
        "c7a",
        "c7i",
        "c7g",
        "r5",
        "r6i",
        "r6g",
        "r7i",
        "r7g",
        "g4dn",
        "g5",
        "g6",
        "g6e",
        "inf2",
      ],
      "Families that may be used.",
    ),
  },
  types: ["aws:eks/nodeGroup:NodeGroup", "aws:ec2/launchTemplate:LaunchTemplate", "aws:ec2/instance:Instance"],
  check: ({ props }, settings) =>
    [...texts(props, "instanceTypes"), ...texts(props, "instanceType")]
      .filter((machine) => !list(settings, "families").includes(machine.split(".")[0]))
      .map((machine) => `${machine} is of no allowed family.`),
});
