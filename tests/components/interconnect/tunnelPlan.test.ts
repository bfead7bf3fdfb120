import fc from "fast-check";
import {
  insideAddresses,
  insideRange,
  type LinkCloud,
  MOST_LINKS,
  tunnelPlan,
} from "../../../components/interconnect/tunnelPlan";
import { overlaps, parseCidr } from "../../../components/subnetLayout";

/** Source: AWS Site-to-Site VPN user guide, "Tunnel options for your Site-to-Site VPN connection". */
const KEPT_BY_AWS = [
  "169.254.0.0/30",
  "169.254.1.0/30",
  "169.254.2.0/30",
  "169.254.3.0/30",
  "169.254.4.0/30",
  "169.254.5.0/30",
  "169.254.169.252/30",
];

const link = fc.integer({ min: 0, max: MOST_LINKS - 1 });
const tunnel = fc.integer({ min: 0, max: 3 });
const inAzuresRange = (address: string) =>
  overlaps("169.254.21.0/24", `${address}/32`) || overlaps("169.254.22.0/24", `${address}/32`);

describe("ranges inside tunnels", () => {
  test("no two tunnels of any links overlap", () => {
    fc.assert(
      fc.property(link, tunnel, link, tunnel, (one, at, other, otherAt) => {
        const same = one === other && at === otherAt;
        expect(overlaps(insideRange(one, at).cidr, insideRange(other, otherAt).cidr)).toBe(same);
      }),
    );
  });

  test("each is a /30 with both addresses in it, outside what AWS keeps and inside what Azure takes", () => {
    fc.assert(
      fc.property(link, tunnel, (number, at) => {
        const { cidr, first, second } = insideRange(number, at);
        const range = parseCidr(cidr);
        expect(range && range.end - range.start).toBe(4);
        expect(parseCidr(`${first}/32`)?.start).toBe((range?.start ?? 0) + 1);
        expect(parseCidr(`${second}/32`)?.start).toBe((range?.start ?? 0) + 2);
        expect(KEPT_BY_AWS.some((kept) => overlaps(kept, cidr))).toBe(false);
        expect([first, second].every(inAzuresRange)).toBe(true);
      }),
    );
  });

  test("they fill Azure's range exactly", () => {
    expect(insideRange(0, 0)).toEqual({ cidr: "169.254.21.0/30", first: "169.254.21.1", second: "169.254.21.2" });
    expect(insideRange(16, 0).cidr).toBe("169.254.22.0/30");
    expect(insideRange(31, 3).cidr).toBe("169.254.22.252/30");
  });

  test.each([
    [32, 0, "There is no tunnel 0 of link 32; links are 0 to 31, tunnels 0 to 3."],
    [-1, 0, "There is no tunnel 0 of link -1; links are 0 to 31, tunnels 0 to 3."],
    [0, 4, "There is no tunnel 4 of link 0; links are 0 to 31, tunnels 0 to 3."],
    [0.5, 1, "There is no tunnel 1 of link 0.5; links are 0 to 31, tunnels 0 to 3."],
  ])("link %p has no tunnel %p", (number, at, text) => {
    expect(() => insideRange(number, at)).toThrow(new RangeError(text));
  });
});

describe("tunnels of a link", () => {
  test("from AWS there are four, two to each address of the other end", () => {
    expect(tunnelPlan(0, "aws").map(({ index, first, second }) => [index, first, second])).toEqual([
      [0, 0, 0],
      [1, 1, 0],
      [2, 0, 1],
      [3, 1, 1],
    ]);
  });

  test("between Google Cloud and Azure there are two, address to address", () => {
    expect(tunnelPlan(2, "gcp").map(({ index, first, second }) => [index, first, second])).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
  });

  test("each address inside belongs to one interface alone", () => {
    fc.assert(
      fc.property(link, fc.constantFrom<LinkCloud>("aws", "gcp"), (number, first) => {
        const all = ([0, 1] as const).flatMap((own) => insideAddresses(number, first, own));
        expect(new Set(all)).toEqual(new Set(tunnelPlan(number, first).map(({ inside }) => inside.second)));
        expect(all).toHaveLength(new Set(all).size);
      }),
    );
  });
});
