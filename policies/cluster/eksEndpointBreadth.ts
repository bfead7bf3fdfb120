import { breadthProblems } from "../frame/addresses";
import { read, texts } from "../frame/read";
import { defineRule } from "../frame/rule";

/** An EKS API server open to the internet lets in few addresses. */
export const eksEndpointBreadth = defineRule({
  name: "eks-endpoint-breadth",
  title: "An EKS API server open to the internet lets in few addresses.",
  why: "Each address that can reach the API server can try stolen credentials and unpatched flaws on it; two halves of the internet are as open as 0.0.0.0/0.",
  fix: "Set vpcConfig.endpointPublicAccess to false, or publicAccessCidrs to the few ranges that people work from.",
  severity: "critical",
  purpose: "boundary",
  cis: ["EKS 5.4.1"],
  config: {
    maxAddresses: { type: "number", default: 256, description: "Public addresses that may reach the API server." },
  },
  types: ["aws:eks/cluster:Cluster"],
  check: ({ props }, { maxAddresses }) => {
    if (read(props, "vpcConfig.endpointPublicAccess") === false) return [];
    const ranges = texts(props, "vpcConfig.publicAccessCidrs");
    // EKS opens the endpoint to everyone unless told otherwise.
    return breadthProblems("vpcConfig", ranges.length > 0 ? ranges : ["0.0.0.0/0"], Number(maxAddresses));
  },
});
