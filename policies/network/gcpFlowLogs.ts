import { has, read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Subnetworks log their traffic. */
export const gcpFlowLogs = defineRule({
  name: "gcp-flow-logs",
  title: "Subnetworks log their traffic.",
  why: "A break-in is seen in traffic before anywhere else.",
  fix: "Set logConfig.",
  severity: "medium",
  purpose: "audit",
  cis: ["GCP 3.0 3.8"],
  types: ["gcp:compute/subnetwork:Subnetwork"],
  check: ({ props }) => {
    // Only ordinary subnetworks can log; those of proxies and of private service connect cannot.
    if (!["undefined", "PRIVATE"].includes(String(read(props, "purpose")))) return [];
    return has(props, "logConfig") ? [] : ["logConfig is not set."];
  },
});
