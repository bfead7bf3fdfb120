import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** A network has only the subnetworks that are written down. */
export const gcpNoAutomaticSubnets = defineRule({
  name: "gcp-no-automatic-subnets",
  title: "A network has only the subnetworks that are written down.",
  why: "Automatic ones appear in every region, with ranges that collide with others.",
  fix: "Set autoCreateSubnetworks to false.",
  severity: "medium",
  purpose: "boundary",
  types: ["gcp:compute/network:Network"],
  check: mustBe("autoCreateSubnetworks", false),
});
