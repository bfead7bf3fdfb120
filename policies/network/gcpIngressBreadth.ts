import { breadthProblems } from "../frame/addresses";
import { has, list, texts } from "../frame/read";
import { defineRule } from "../frame/rule";
import { textsSetting } from "../frame/settings";

/** Firewall rules let in few public addresses. */
export const gcpIngressBreadth = defineRule({
  name: "gcp-ingress-breadth",
  title: "Firewall rules let in few public addresses.",
  why: "A port open to the internet is tried within minutes.",
  fix: "Name the few ranges that need it, or put a load balancer in front.",
  severity: "critical",
  purpose: "boundary",
  cis: ["GCP 3.0 3.6", "GCP 3.0 3.7"],
  config: {
    maxAddresses: { type: "number", default: 256, description: "Public addresses that one rule may let in." },
    knownRanges: textsSetting(["35.191.0.0/16", "130.211.0.0/22"], "Ranges of the cloud's own health checks."),
  },
  types: ["gcp:compute/firewall:Firewall"],
  check: ({ props }, { maxAddresses, knownRanges }) => {
    if (props.direction === "EGRESS" || props.disabled === true || list(props, "allows").length === 0) return [];
    const known = list({ knownRanges }, "knownRanges");
    const named = texts(props, "sourceRanges");
    const limited = has(props, "sourceTags") || has(props, "sourceServiceAccounts");
    // A rule that names no source at all is for everyone.
    const ranges = named.length === 0 && !limited ? ["0.0.0.0/0"] : named.filter((range) => !known.includes(range));
    return breadthProblems("sourceRanges", ranges, Number(maxAddresses));
  },
});
