import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Cloud NAT logs what it does. */
export const gcpNatLogs = defineRule({
  name: "gcp-nat-logs",
  title: "Cloud NAT logs what it does.",
  why: "Ports that run out look like a slow internet.",
  fix: "Set logConfig.enable to true.",
  severity: "low",
  purpose: "audit",
  types: ["gcp:compute/routerNat:RouterNat"],
  check: mustBe("logConfig.enable", true),
});
