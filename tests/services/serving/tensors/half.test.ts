import fc from "fast-check";
import { fromHalf, toHalf } from "../../../../services/serving/tensors/half";

const ALL = Array.from({ length: 0x10000 }, (_, bits) => bits);
/** Finite halves in the order of their values. */
const FINITE = ALL.filter((bits) => Number.isFinite(fromHalf(bits))).sort((a, b) => fromHalf(a) - fromHalf(b));

describe("half precision", () => {
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
  ])("0x%s is %s", (bits, value) => {
    expect(fromHalf(bits)).toBe(value);
    expect(toHalf(value)).toBe(bits);
  });

  it("gives back all 65536 patterns, every NaN as one", () => {
    const back = ALL.map((bits) => toHalf(fromHalf(bits)));
    expect(back).toEqual(ALL.map((bits) => (Number.isNaN(fromHalf(bits)) ? 0x7e00 : bits)));
  });

  it("rounds any double to the nearest half, of two as near to the even one", () => {
    const value = fc.oneof(
      fc.double({ min: -65519, max: 65519, noNaN: true }),
      fc.double({ min: -0.001, max: 0.001, noNaN: true }),
      // Just between two neighbours.
      fc.integer({ min: 0, max: 0x7bfe }).map((bits) => (fromHalf(bits) + fromHalf(bits + 1)) / 2),
    );
    fc.assert(
      fc.property(value, (double) => {
        const distance = (bits: number) => Math.abs(fromHalf(bits) - double);
        let low = 0;
        let high = FINITE.length - 1;
        while (high - low > 1) {
          const middle = (low + high) >> 1;
          if (fromHalf(FINITE[middle] ?? 0) <= double) low = middle;
          else high = middle;
        }
        const [below = 0, above = 0] = [FINITE[low], FINITE[high]];
        const nearest = Math.min(distance(below), distance(above));
        const given = toHalf(double);
        expect(distance(given)).toBe(nearest);
        if (distance(below) === distance(above)) expect(given % 2).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [65519.99, 0x7bff],
    [65520, 0x7c00],
    [2 ** -25, 0],
    [2 ** -25 * 1.0001, 1],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [Number.NaN, 0x7e00],
  ])("%s becomes %s", (value, bits) => {
    expect(toHalf(value)).toBe(bits);
  });
});
