import fc from "fast-check";
import { networkRanges, networkRangesProblem, podCapacity } from "../../../components/gcp/networkRanges";
import { formatCidr, overlaps, parseCidr } from "../../../components/subnetLayout";

/** Networks of every allowed size, anywhere. */
const networks = fc
  .tuple(fc.integer({ min: 8, max: 20 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
  .map(([prefix, address]) => formatCidr(Math.floor(address / 2 ** (32 - prefix)) * 2 ** (32 - prefix), prefix));

describe("ranges of a network", () => {
  test("of a /16 are a sixteenth each, and the upper half for pods", () => {
    expect(networkRanges("10.2.0.0/16")).toEqual({
      nodes: "10.2.0.0/20",
      services: "10.2.16.0/20",
      privateServices: "10.2.32.0/20",
      proxies: "10.2.48.0/23",
      controlPlane: "10.2.50.0/28",
      pods: "10.2.128.0/17",
    });
  });

  test("lie inside the network, apart from each other, within the cloud's limits", () => {
    fc.assert(
      fc.property(networks, (network) => {
        const { start, end } = parseCidr(network) ?? { start: 0, end: 0 };
        const ranges = networkRanges(network);
        const all = Object.values(ranges);
        for (const [index, range] of all.entries()) {
          const place = parseCidr(range);
          expect(place && place.start >= start && place.end <= end).toBe(true);
          expect(all.slice(0, index).filter((other) => overlaps(range, other))).toEqual([]);
        }
        const prefix = (range: string) => Number(range.split("/")[1]);
        expect(prefix(ranges.controlPlane)).toBe(28);
        expect(prefix(ranges.privateServices)).toBeLessThanOrEqual(24);
        expect(prefix(ranges.proxies)).toBeLessThanOrEqual(26);
        expect(prefix(ranges.services)).toBeGreaterThanOrEqual(16);
        expect(prefix(ranges.services)).toBeLessThanOrEqual(27);
      }),
    );
  });

  test("are refused where they would not fit", () => {
    expect(networkRangesProblem("10.2.0.0/21")).toBe(
      "is 10.2.0.0/21; allowed are /8 to /20, so that Cloud SQL has its /24 and pods have half.",
    );
    expect(networkRangesProblem("10.2.0.1/16")).toBe(
      'is "10.2.0.1/16", which is not an IPv4 network in CIDR notation without host bits; give one such as 10.1.0.0/16.',
    );
    expect(() => networkRanges("10.2.0.0/24")).toThrow("The network is 10.2.0.0/24; allowed are /8 to /20");
  });
});

test.each([
  ["10.2.128.0/17", 110, 128],
  ["10.2.128.0/17", 64, 256],
  ["10.2.128.0/17", 32, 512],
  ["10.2.128.0/17", 8, 2048],
  ["nothing", 64, 0],
])("%s with %i pods a node holds %i nodes", (pods, podsPerNode, nodes) => {
  expect(podCapacity(pods, podsPerNode)).toBe(nodes);
});
