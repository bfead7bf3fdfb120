import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:network:NetworkSecurityGroup",
  pass: [
    {
      securityRules: [
        {
          name: "a",
          access: "Allow",
          direction: "Inbound",
          sourceAddressPrefix: "10.3.0.0/20",
          destinationPortRange: "*",
        },
        { name: "b", access: "Deny", direction: "Inbound", sourceAddressPrefix: "*", destinationPortRange: "*" },
        {
          name: "c",
          access: "Allow",
          direction: "Inbound",
          sourceAddressPrefix: "VirtualNetwork",
          destinationPortRange: "22",
        },
      ],
    },
  ],
  fail: [
    {
      props: {
        securityRules: [
          {
            name: "ssh",
            access: "Allow",
            direction: "Inbound",
            sourceAddressPrefix: "Internet",
            destinationPortRange: "22",
          },
        ],
      },
      problems: ["Rule ssh, ports 22, lets in 4294967296 public addresses (0.0.0.0/0); at most 256."],
    },
    {
      props: {
        securityRules: [
          {
            name: "halves",
            access: "Allow",
            direction: "Inbound",
            sourceAddressPrefixes: ["0.0.0.0/1", "128.0.0.0/1"],
            destinationPortRanges: ["443", "5432"],
          },
        ],
      },
      problems: [
        "Rule halves, ports 443, 5432, lets in 4294967296 public addresses (0.0.0.0/1, 128.0.0.0/1); at most 256.",
      ],
    },
  ],
};
