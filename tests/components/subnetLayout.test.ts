import fc from "fast-check";
import {
  formatCidr,
  ipv6Subnet,
  layoutSubnets,
  overlaps,
  parseCidr,
  subnetLayoutProblem,
  type Tier,
  ZONES_KEPT,
} from "../../components/subnetLayout";

const tiers = fc.uniqueArray(
  fc.record({
    name: fc.string({ minLength: 1, maxLength: 8 }),
    prefix: fc.integer({ min: 18, max: 28 }),
    zonal: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8, selector: (tier) => tier.name },
);
const network = fc
  .tuple(fc.integer({ min: 8, max: 22 }), fc.nat({ max: 2 ** 32 - 1 }))
  .map(([prefix, address]) => formatCidr(Math.floor(address / 2 ** (32 - prefix)) * 2 ** (32 - prefix), prefix));
const zones = fc.integer({ min: 1, max: ZONES_KEPT });

const range = (cidr: string) => parseCidr(cidr) ?? { start: Number.NaN, end: Number.NaN };

/** A layout that fits its network. */
const layouts = fc
  .tuple(network, tiers, zones)
  .filter(([cidr, wanted, count]) => subnetLayoutProblem(cidr, wanted, count) === undefined);

describe("every layout", () => {
  test("lies inside its network", () => {
    fc.assert(
      fc.property(layouts, ([cidr, wanted, count]) => {
        const outer = range(cidr);
        for (const place of layoutSubnets(cidr, wanted, count)) {
          expect(range(place.cidr).start).toBeGreaterThanOrEqual(outer.start);
          expect(range(place.cidr).end).toBeLessThanOrEqual(outer.end);
        }
      }),
    );
  });

  test("has no two subnets that overlap, and one of the asked size for each tier and zone", () => {
    fc.assert(
      fc.property(layouts, ([cidr, wanted, count]) => {
        const places = layoutSubnets(cidr, wanted, count);
        const sorted = places.map((place) => range(place.cidr)).sort((one, other) => one.start - other.start);
        sorted.slice(1).forEach((next, index) => {
          expect(sorted[index]?.end).toBeLessThanOrEqual(next.start);
        });
        expect(places).toHaveLength(wanted.reduce((sum, tier) => sum + (tier.zonal ? count : 1), 0));
        for (const tier of wanted) {
          const prefixes = places.filter((place) => place.tier === tier.name).map((place) => place.cidr.split("/")[1]);
          expect(new Set(prefixes)).toEqual(new Set([String(tier.prefix)]));
        }
      }),
    );
  });

  test("keeps every subnet where it is when zones and tiers are added", () => {
    fc.assert(
      fc.property(layouts, zones, tiers, ([cidr, wanted, count], more, others) => {
        const names = new Set(wanted.map((tier) => tier.name));
        const grown = [...wanted, ...others.filter((tier) => !names.has(tier.name))];
        const most = Math.max(count, more);
        fc.pre(subnetLayoutProblem(cidr, grown, most) === undefined);
        const after = layoutSubnets(cidr, grown, most);
        for (const place of layoutSubnets(cidr, wanted, count)) expect(after).toContainEqual(place);
      }),
    );
  });
});

test("the AWS tiers in a /16 are legible", () => {
  const aws: Tier[] = ["public", "private", "database"].map((name) => ({ name, prefix: 24 }));
  const places = layoutSubnets("10.1.0.0/16", aws, 3).map(({ tier, zone, cidr }) => `${tier} ${zone} ${cidr}`);
  expect(places).toEqual([
    "public 0 10.1.0.0/24",
    "public 1 10.1.1.0/24",
    "public 2 10.1.2.0/24",
    "private 0 10.1.4.0/24",
    "private 1 10.1.5.0/24",
    "private 2 10.1.6.0/24",
    "database 0 10.1.8.0/24",
    "database 1 10.1.9.0/24",
    "database 2 10.1.10.0/24",
  ]);
});

describe("what cannot be laid out is said", () => {
  const tier = (name: string, prefix: number): Tier => ({ name, prefix });
  test.each([
    [
      "10.1.0.1/16",
      [tier("a", 24)],
      3,
      'is "10.1.0.1/16", which is not an IPv4 network in CIDR notation without host bits; give one such as 10.1.0.0/16.',
    ],
    [
      "10.1.0/16",
      [tier("a", 24)],
      3,
      'is "10.1.0/16", which is not an IPv4 network in CIDR notation without host bits; give one such as 10.1.0.0/16.',
    ],
    ["10.1.0.0/16", [tier("a", 24)], 5, "is laid out over 5 zones; allowed are 1 to 4."],
    ["10.1.0.0/16", [tier("a", 24)], 0, "is laid out over 0 zones; allowed are 1 to 4."],
    ["10.1.0.0/16", [tier("a", 24), tier("a", 25)], 3, 'has two tiers named "a"; give each tier a name of its own.'],
    ["10.1.0.0/16", [tier("a", 29)], 3, 'has the tier "a" of /29 subnets; allowed are /8 to /28.'],
    [
      "10.1.0.0/22",
      [tier("a", 24), { name: "b", prefix: 26, zonal: false }],
      2,
      "is 10.1.0.0/22 with 1024 addresses, too small for 4 x /24 for a, 1 x /26 for b (1088 addresses with alignment); give a shorter prefix.",
    ],
  ])("%s %j over %d zones", (cidr, wanted, count, text) => {
    expect(subnetLayoutProblem(cidr, wanted, count)).toBe(text);
    expect(() => layoutSubnets(cidr, wanted, count)).toThrow(new RangeError(`The network ${text}`));
  });
});

test.each([
  ["10.1.0.0/16", "10.1.4.0/24", true],
  ["10.1.4.0/24", "10.1.0.0/16", true],
  ["10.1.0.0/24", "10.1.1.0/24", false],
  ["0.0.0.0/0", "10.0.0.0/8", true],
  ["ten", "10.0.0.0/8", false],
])("%s overlaps %s: %s", (one, other, answer) => expect(overlaps(one, other)).toBe(answer));

describe("IPv6 subnets", () => {
  test.each([
    ["2600:1f18:1234:5600::/56", 0, "2600:1f18:1234:5600::/64"],
    ["2600:1f18:1234:5600::/56", 9, "2600:1f18:1234:5609::/64"],
    ["2600:1f18:1234:5600::/56", 255, "2600:1f18:1234:56ff::/64"],
    ["fd00::/56", 1, "fd00:0:0:1::/64"],
  ])("%s, number %d", (block, index, subnet) => expect(ipv6Subnet(block, index)).toBe(subnet));
  test("number 256 of a /56 does not exist", () => {
    expect(() => ipv6Subnet("fd00::/56", 256)).toThrow("The IPv6 block fd00::/56 has no /64 of number 256.");
  });
});
