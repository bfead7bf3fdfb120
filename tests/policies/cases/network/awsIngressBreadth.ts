import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ec2/securityGroup:SecurityGroup",
  pass: [
    { cidrIpv4: "10.0.0.0/8", fromPort: 443, toPort: 443 },
    { ingress: [{ fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }] },
  ],
  fail: [
    {
      props: { ingress: [{ fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] },
      problems: ["Ports 22 to 22 lets in 4294967296 public addresses (0.0.0.0/0); at most 256."],
    },
    {
      props: { ingress: [{ fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }] },
      problems: ["Ports 0 to 0 lets in 4294967296 public addresses (0.0.0.0/1, 128.0.0.0/1); at most 256."],
    },
    {
      props: { ingress: [{ fromPort: 5432, toPort: 5432, ipv6CidrBlocks: ["::/0"] }] },
      problems: ["Ports 5432 to 5432 lets in 18446744073709552000 public addresses (::/0); at most 256."],
    },
  ],
};
