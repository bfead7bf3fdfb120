import { networkRanges, TIERS } from "../../../components/azure/networkRanges";
import { securityRules } from "../../../components/azure/networkRules";

const ranges = networkRanges("10.3.0.0/16");
const lines = (ports: number[]) =>
  TIERS.flatMap((tier) =>
    securityRules(ranges, ports)[tier].map(
      ({ access, sourceAddressPrefix, destinationPortRanges }) =>
        `${tier}: ${access} ${sourceAddressPrefix} ${destinationPortRanges.join(",")}`,
    ),
  );

test("databases and endpoints are reached by nodes alone, and nothing by the internet", () => {
  expect(lines([])).toEqual([
    "database: Allow 10.3.0.0/20 5432,6432",
    "database: Allow 10.3.17.0/24 *",
    "database: Deny VirtualNetwork *",
    "endpoints: Allow 10.3.0.0/20 443,8500-8599,10000",
    "endpoints: Allow 10.3.19.0/28 443",
    "endpoints: Deny VirtualNetwork *",
  ]);
});

test("the internet reaches only ports that are named, and never databases or endpoints", () => {
  expect(lines([443, 8443]).filter((line) => line.includes("Internet"))).toEqual([
    "nodes: Allow Internet 443,8443",
    "public: Allow Internet 443,8443",
  ]);
});

test("no two rules of a group have one priority", () => {
  for (const rules of Object.values(securityRules(ranges, [443]))) {
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
  }
});

describe("networks of other clouds that are linked", () => {
  const linked = [
    {
      cidr: "10.1.0.0/16",
      opens: [
        { protocol: "tcp", port: 443 },
        { protocol: "udp", port: 53 },
      ],
    },
    { cidr: "10.2.0.0/16", opens: [] },
  ] as const;
  const rules = securityRules(ranges, [443], linked);

  test("nodes let them in to what is named, before the rest is refused", () => {
    const shown = rules.nodes.map(
      ({ priority, access, protocol, sourceAddressPrefix, destinationPortRanges }) =>
        `${priority} ${access} ${protocol} ${sourceAddressPrefix} ${destinationPortRanges.join(",")}`,
    );
    expect(shown).toEqual([
      "100 Allow Tcp Internet 443",
      "200 Allow Tcp 10.1.0.0/16 443",
      "201 Allow Udp 10.1.0.0/16 53",
      "3000 Deny * 10.1.0.0/16 *",
      "3001 Deny * 10.2.0.0/16 *",
    ]);
  });

  test("no tier lets them in to anything else", () => {
    for (const tier of ["public", "apiServer"] as const) {
      const refused = rules[tier].filter(({ access }) => access === "Deny");
      expect(refused.map(({ sourceAddressPrefix }) => sourceAddressPrefix)).toEqual(["10.1.0.0/16", "10.2.0.0/16"]);
    }
    for (const tier of ["database", "endpoints"] as const) {
      expect(rules[tier]).toEqual(securityRules(ranges, [443])[tier]);
    }
  });
});
