import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:compute/firewall:Firewall",
  pass: [
    { allows: [{ protocol: "tcp" }], sourceRanges: ["35.191.0.0/16", "10.0.0.0/8"] },
    { denies: [{ protocol: "all" }], sourceRanges: ["0.0.0.0/0"] },
  ],
  fail: [
    {
      props: { allows: [{ protocol: "tcp", ports: ["22"] }], sourceRanges: ["0.0.0.0/1", "128.0.0.0/1"] },
      problems: ["sourceRanges lets in 4294967296 public addresses (0.0.0.0/1, 128.0.0.0/1); at most 256."],
    },
    {
      props: { allows: [{ protocol: "tcp" }] },
      problems: ["sourceRanges lets in 4294967296 public addresses (0.0.0.0/0); at most 256."],
    },
  ],
};
