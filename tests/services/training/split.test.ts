import fc from "fast-check";
import { stratifiedSplit } from "../../../services/training/split";

const labelsArbitrary = fc
  .tuple(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 2, max: 60 }))
  .chain(([zeros, ones]) =>
    fc.shuffledSubarray([...new Array(zeros).fill(0), ...new Array(ones).fill(1)] as number[], {
      minLength: zeros + ones,
    }),
  );

describe("stratifiedSplit", () => {
  it("puts every row in one part, with each class in its share", () => {
    const fractions = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(labelsArbitrary, fractions, fc.nat(), (labels, holdOutFraction, seed) => {
        const { training, holdOut } = stratifiedSplit({ labels, holdOutFraction, seed });
        expect([...training, ...holdOut].sort((a, b) => a - b)).toEqual(labels.map((_, index) => index));
        for (const label of [0, 1]) {
          const size = labels.filter((value) => value === label).length;
          const held = holdOut.filter((index) => labels[index] === label).length;
          expect(held).toBe(Math.min(size - 1, Math.max(1, Math.round(size * holdOutFraction))));
        }
      }),
    );
  });

  it("is fixed by its seed", () => {
    const labels = Array.from({ length: 100 }, (_, index) => index % 2);
    const split = (seed: number) => stratifiedSplit({ labels, holdOutFraction: 0.25, seed });
    expect(split(42)).toEqual(split(42));
    expect(split(42)).not.toEqual(split(43));
  });

  it("refuses what it cannot split", () => {
    expect(() => stratifiedSplit({ labels: [0, 0, 1, 1], holdOutFraction: 1, seed: 1 })).toThrow(
      "The hold-out fraction is 1. Allowed: between 0 and 1, both excluded.",
    );
    expect(() => stratifiedSplit({ labels: [0, 0, 1], holdOutFraction: 0.5, seed: 1 })).toThrow(
      "Class 1 has 1 row. At least 2 are needed to split it.",
    );
  });
});
