import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** GKE enforces network policies. */
export const gkeNetworkPolicies = defineRule({
  name: "gke-network-policies",
  title: "GKE enforces network policies.",
  why: "Policies are accepted and do nothing otherwise.",
  fix: "Set datapathProvider to ADVANCED_DATAPATH, or networkPolicy.enabled to true.",
  severity: "high",
  purpose: "boundary",
  cis: ["GKE 1.6 5.6.7"],
  types: ["gcp:container/cluster:Cluster"],
  check: ({ props }) => {
    const provider = read(props, "datapathProvider");
    if (provider === "ADVANCED_DATAPATH" || read(props, "networkPolicy.enabled") === true) return [];
    return [`datapathProvider is ${show(provider)} and networkPolicy is off; one must enforce policies.`];
  },
});
