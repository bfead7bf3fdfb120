import { countCategories, requireComparableCounts, totalOf } from "../../../../services/drift/statistics/counts";

test("categories of both samples are counted in one order", () => {
  const counted = countCategories(["a", "b", "a"], ["c", "b"]);
  expect(counted.categories).toEqual(["a", "b", "c"]);
  expect([...counted.reference]).toEqual([2, 1, 0]);
  expect([...counted.current]).toEqual([0, 1, 1]);
  expect(totalOf(counted.reference)).toBe(3);
});

test("counts that cannot be compared are refused, and say why", () => {
  expect(() => requireComparableCounts([1, 2], [1])).toThrow(
    "the reference has 2 bins and the current sample 1: both must list the same bins",
  );
  expect(() => requireComparableCounts([1, -2], [1, 1])).toThrow(
    "the reference counts -2 in bin 1: counts are finite and not negative",
  );
  expect(() => requireComparableCounts([1, 2], [0, 0])).toThrow(
    "the current sample is empty: at least 1 value is needed",
  );
});
