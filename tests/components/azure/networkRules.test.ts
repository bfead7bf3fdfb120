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
