import { breadthProblems } from "../frame/addresses";
import { read, texts } from "../frame/read";
import { defineRule } from "../frame/rule";

/** An AKS API server open to the internet lets in few addresses. */
export const aksEndpointBreadth = defineRule({
  name: "aks-endpoint-breadth",
  title: "An AKS API server open to the internet lets in few addresses.",
  why: "Each address that can reach the API server can try stolen credentials and unpatched flaws on it.",
  fix: "Set apiServerAccessProfile.enablePrivateCluster to true, or name few ranges in authorizedIPRanges.",
  severity: "critical",
  purpose: "boundary",
  cis: ["AKS 1.5 5.4.1", "AKS 1.5 5.4.2"],
  config: {
    maxAddresses: { type: "number", default: 256, description: "Public addresses that may reach the API server." },
  },
  types: ["azure-native:containerservice:ManagedCluster"],
  check: ({ props }, { maxAddresses }) => {
    if (read(props, "apiServerAccessProfile.enablePrivateCluster") === true) return [];
    const ranges = texts(props, "apiServerAccessProfile.authorizedIPRanges");
    // Without authorized ranges the endpoint is everyone's.
    return breadthProblems("apiServerAccessProfile", ranges.length > 0 ? ranges : ["0.0.0.0/0"], Number(maxAddresses));
  },
});
