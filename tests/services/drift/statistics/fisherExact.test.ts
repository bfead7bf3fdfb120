import fc from "fast-check";
import { FISHER_MAX_TABLES, fisherExact } from "../../../../services/drift/statistics/fisherExact";
import { expectNear } from "../../../support/numbers";

test("scipy's p-value on 2 x 2 tables", () => {
  expectNear(fisherExact([8, 2], [1, 5]), 0.034965034965034975, 1e-11);
  expectNear(fisherExact([120, 80], [90, 110]), 0.0036351855558814402, 1e-10);
});

test("any small table: the probability of every table no more probable", () => {
  const cell = fc.integer({ min: 0, max: 3 });
  const tables = fc.array(fc.tuple(cell, cell), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(tables, (columns) => {
      const reference = columns.map(([a]) => a);
      const current = columns.map(([, b]) => b);
      fc.pre(reference.some(Boolean) && current.some(Boolean));
      const sizes = columns.map(([a, b]) => a + b);
      const total = current.reduce((sum, count) => sum + count, 0);
      const weight = (row: number[]) => row.reduce((product, k, i) => product * choose(sizes[i] ?? 0, k), 1);
      const all = rows(sizes, total).map(weight);
      const extreme = all.filter((w) => w <= weight(current)).reduce((sum, w) => sum + w, 0);
      expect(fisherExact(reference, current)).toBeCloseTo(extreme / all.reduce((sum, w) => sum + w, 0), 10);
      expect(fisherExact(current, reference)).toBeCloseTo(fisherExact(reference, current), 10);
    }),
  );
});

test("one category, or the same shares, is no evidence", () => {
  expect(fisherExact([4], [9])).toBeCloseTo(1, 12);
  expect(fisherExact([4, 4], [4, 4])).toBeCloseTo(1, 12);
});

test("what it cannot count is refused", () => {
  expect(() => fisherExact([1.5, 2], [1, 1])).toThrow("a count is 1.5: the exact test needs whole counts");
  expect(() => fisherExact([500, 500, 500, 9], [500, 500, 9000, 9])).toThrow(
    `the exact test takes at most ${FISHER_MAX_TABLES}, use chi-square`,
  );
});

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1);
  return ways;
}

function rows(sizes: number[], total: number): number[][] {
  if (sizes.length === 0) return total === 0 ? [[]] : [];
  const [first = 0, ...rest] = sizes;
  return Array.from({ length: Math.min(first, total) + 1 }, (_, k) =>
    rows(rest, total - k).map((row) => [k, ...row]),
  ).flat();
}
