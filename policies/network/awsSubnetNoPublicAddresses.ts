import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Machines get no public address by default. */
export const awsSubnetNoPublicAddresses = defineRule({
  name: "aws-subnet-no-public-addresses",
  title: "Machines get no public address by default.",
  why: "A machine is on the internet because of where it was started.",
  fix: "Set mapPublicIpOnLaunch to false.",
  severity: "medium",
  purpose: "boundary",
  types: ["aws:ec2/subnet:Subnet"],
  check: mustNotBe("mapPublicIpOnLaunch", [true]),
});
