import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Flow logs hold accepted and rejected traffic. */
export const awsFlowLogsAll = defineRule({
  name: "aws-flow-logs-all",
  title: "Flow logs hold accepted and rejected traffic.",
  why: "Rejected traffic shows the search, accepted traffic the break-in.",
  fix: "Set trafficType to ALL.",
  severity: "medium",
  purpose: "audit",
  types: ["aws:ec2/flowLog:FlowLog"],
  check: mustBe("trafficType", "ALL"),
});
