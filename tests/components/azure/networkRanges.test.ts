import * as fc from "fast-check";
import { networkRanges, networkRangesProblem, TIERS } from "../../../components/azure/networkRanges";
import { formatCidr, overlaps, parseCidr } from "../../../components/subnetLayout";

test("a /16 has 4096 addresses for nodes, a /24 for each other tier and a /28 for the API server", () => {
  expect(networkRanges("10.3.0.0/16")).toEqual({
    nodes: "10.3.0.0/20",
    public: "10.3.16.0/24",
    database: "10.3.17.0/24",
    endpoints: "10.3.18.0/24",
    apiServer: "10.3.19.0/28",
  });
});

test("every tier lies inside the network, apart from the others and large enough, for every prefix", () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 20 }), fc.nat({ max: 255 }), (prefix, octet) => {
      const start = Math.floor((10 * 2 ** 24 + octet * 2 ** 16) / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
      const network = parseCidr(formatCidr(start, prefix));
      const ranges = Object.values(networkRanges(formatCidr(start, prefix)));
      expect(ranges).toHaveLength(TIERS.length);
      for (const [index, range] of ranges.entries()) {
        const { start: first = -1, end = Number.POSITIVE_INFINITY } = parseCidr(range) ?? {};
        expect(first >= (network?.start ?? 0) && end <= (network?.end ?? 0) && end - first >= 16).toBe(true);
        expect(ranges.slice(0, index).some((other) => overlaps(range, other))).toBe(false);
      }
    }),
  );
});

test.each([
  ["10.3.0.0/21", "is 10.3.0.0/21; allowed are /8 to /20, so that nodes have a /24 or more."],
  [
    "10.3.0.1/16",
    'is "10.3.0.1/16", which is not an IPv4 network in CIDR notation without host bits; give one such as 10.1.0.0/16.',
  ],
])("%s is refused", (cidr, text) => {
  expect(networkRangesProblem(cidr)).toBe(text);
  expect(() => networkRanges(cidr)).toThrow(new RangeError(`The network ${text}`));
});
