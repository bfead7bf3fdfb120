import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [
    { privateClusterConfig: { enablePrivateEndpoint: true } },
    { masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "203.0.113.0/24" }] } },
  ],
  fail: [
    {
      props: {},
      problems: ["masterAuthorizedNetworksConfig lets in 4294967296 public addresses (0.0.0.0/0); at most 256."],
    },
    {
      props: {
        masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "0.0.0.0/1" }, { cidrBlock: "128.0.0.0/1" }] },
      },
      problems: [
        "masterAuthorizedNetworksConfig lets in 4294967296 public addresses (0.0.0.0/1, 128.0.0.0/1); at most 256.",
      ],
    },
  ],
};
