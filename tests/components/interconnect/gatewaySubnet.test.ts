import fc from "fast-check";
import { networkRanges } from "../../../components/azure/networkRanges";
import { gatewaySubnetProblems, gatewaySubnetRange } from "../../../components/interconnect/gatewaySubnet";
import { formatCidr, overlaps } from "../../../components/subnetLayout";

test("the gateway's subnet is the last /27 of its network", () => {
  expect(gatewaySubnetRange("10.3.0.0/16")).toBe("10.3.255.224/27");
});

test("it is apart from every subnet of every network that can be made", () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 20 }), (prefix) => {
      const cidr = formatCidr(10 * 2 ** 24, prefix);
      const range = gatewaySubnetRange(cidr);
      expect(overlaps(range, cidr)).toBe(true);
      expect(Object.values(networkRanges(cidr)).filter((other) => overlaps(other, range))).toEqual([]);
    }),
  );
});

test("a network without room is refused", () => {
  expect(() => gatewaySubnetRange("10.3.0.0/28")).toThrow(
    new RangeError("The network 10.3.0.0/28 has no room for a /27."),
  );
});

test.each([
  ["10.3.255.0/28", 'is "10.3.255.0/28"; give an IPv4 network of /27 or shorter, such as 10.3.255.224/27.'],
  ["10.4.0.0/27", "is 10.4.0.0/27, which lies outside the network's 10.3.0.0/16; give a free range within."],
])("%s is refused", (range, reason) => {
  expect(gatewaySubnetProblems(range, ["10.3.0.0/16"])).toEqual([{ path: "gatewaySubnetRange", reason }]);
});

test("a free range within is taken", () => {
  expect(gatewaySubnetProblems("10.3.254.0/27", ["10.3.0.0/16"])).toEqual([]);
});
