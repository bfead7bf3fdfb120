import fc from "fast-check";
import { indices, SeededRandom } from "../../../../services/drift/statistics/seededRandom";

test("a seed fixes the stream, another gives another", () => {
  const draw = (seed: number) =>
    Array.from({ length: 5 }, (_, __, random = new SeededRandom(seed)) => random.uniform());
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test("uniform numbers fill the unit interval evenly", () => {
  const random = new SeededRandom(7);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) {
    const cell = Math.floor(random.uniform() * 10);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  // 5 standard deviations of a binomial count.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9000));
});

test("shuffling keeps every entry, and draws reach every place alike", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 50 }), (seed, size) => {
      const values = indices(size);
      new SeededRandom(seed).shuffle(values);
      expect([...values].sort((a, b) => a - b)).toEqual([...indices(size)]);
    }),
  );
  const random = new SeededRandom(3);
  const first = new Array<number>(5).fill(0);
  for (let i = 0; i < 20_000; i++) {
    const values = indices(5);
    random.shuffle(values, 1);
    first[values[0] ?? 0] = (first[values[0] ?? 0] ?? 0) + 1;
  }
  for (const count of first) expect(Math.abs(count - 4000)).toBeLessThan(5 * Math.sqrt(3200));
});
