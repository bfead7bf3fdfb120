import { breadthProblems } from "../frame/addresses";
import { has, objects, read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A GKE API server open to the internet lets in few addresses. */
export const gkeEndpointBreadth = defineRule({
  name: "gke-endpoint-breadth",
  title: "A GKE API server open to the internet lets in few addresses.",
  why: "Each address that can reach the API server can try stolen credentials and unpatched flaws on it.",
  fix: "Set privateClusterConfig.enablePrivateEndpoint to true, or name few ranges in masterAuthorizedNetworksConfig.",
  severity: "critical",
  purpose: "boundary",
  cis: ["GKE 1.6 5.6.3", "GKE 1.6 5.6.4"],
  config: {
    maxAddresses: { type: "number", default: 256, description: "Public addresses that may reach the API server." },
  },
  types: ["gcp:container/cluster:Cluster"],
  check: ({ props }, { maxAddresses }) => {
    if (read(props, "privateClusterConfig.enablePrivateEndpoint") === true) return [];
    const networks = "masterAuthorizedNetworksConfig";
    // Without authorized networks the endpoint is everyone's.
    const ranges = has(props, networks)
      ? objects(props, `${networks}.cidrBlocks`).map((block) => String(read(block, "cidrBlock")))
      : ["0.0.0.0/0"];
    return breadthProblems(networks, ranges, Number(maxAddresses));
  },
});
