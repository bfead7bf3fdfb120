import { mustBe } from "../frame/checks";
import { setTo } from "../frame/remedies";
import { defineRule } from "../frame/rule";

/** Machines give their role's credentials only for a session token. */
export const awsImdsTokens = defineRule({
  name: "aws-imds-tokens",
  title: "Machines give their role's credentials only for a session token.",
  why: "Without tokens (IMDSv2) a page that a service is tricked into fetching can be the role's credentials.",
  fix: "Set metadataOptions.httpTokens to required.",
  severity: "high",
  purpose: "hardening",
  cis: ["AWS 3.0 5.6"],
  types: ["aws:ec2/launchTemplate:LaunchTemplate", "aws:ec2/instance:Instance"],
  check: mustBe("metadataOptions.httpTokens", "required"),
  remedy: setTo("metadataOptions.httpTokens", "required"),
});
