import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Pods cannot reach their node's credentials. */
export const awsImdsHopLimit = defineRule({
  name: "aws-imds-hop-limit",
  title: "Pods cannot reach their node's credentials.",
  why: "With a hop limit of 2 every pod can take the node's role; pods have roles of their own.",
  fix: "Set metadataOptions.httpPutResponseHopLimit to 1.",
  severity: "medium",
  purpose: "hardening",
  types: ["aws:ec2/launchTemplate:LaunchTemplate"],
  check: mustBe("metadataOptions.httpPutResponseHopLimit", 1),
});
