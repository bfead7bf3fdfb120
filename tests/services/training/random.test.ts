import { seededRandom, shuffled } from "../../../services/training/random";

describe("seededRandom", () => {
  it("is even over [0, 1)", () => {
    const random = seededRandom(7);
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) {
      const bin = Math.floor(random() * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    // Chi-square with 9 degrees of freedom: 27.9 is passed once in a thousand seeds, and the seed is fixed.
    expect(bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });

  it("draws every order of a shuffle about equally often", () => {
    const random = seededRandom(11);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const order = shuffled([1, 2, 3], random).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["123", "132", "213", "231", "312", "321"]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
