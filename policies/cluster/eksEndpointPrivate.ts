import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** An EKS API server answers inside the network. */
export const eksEndpointPrivate = defineRule({
  name: "eks-endpoint-private",
  title: "An EKS API server answers inside the network.",
  why: "Nodes that reach the API server only over the internet lose it with the internet, and their traffic leaves the network.",
  fix: "Set vpcConfig.endpointPrivateAccess to true.",
  severity: "high",
  purpose: "boundary",
  cis: ["EKS 5.4.2"],
  types: ["aws:eks/cluster:Cluster"],
  check: mustBe("vpcConfig.endpointPrivateAccess", true),
});
