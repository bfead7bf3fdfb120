import fc from "fast-check";
import { lowerBound, requireSortedSample, sortSample, upperBound } from "../../../../services/drift/statistics/samples";

test("values come back ascending and the caller's array is left as it was", () => {
  const values = [3, -1, 2, -1];
  expect([...sortSample(values)]).toEqual([-1, -1, 2, 3]);
  expect(values).toEqual([3, -1, 2, -1]);
});

test("what cannot be ranked is refused", () => {
  expect(() => sortSample([])).toThrow("the sample is empty: at least 1 value is needed");
  for (const value of [Number.NaN, Infinity, -Infinity]) {
    expect(() => sortSample([1, value, 2])).toThrow(
      `the sample holds ${value}: only finite numbers can be compared, drop or impute the rest`,
    );
  }
  expect(() => requireSortedSample(sortSample([1]), "the window", 2)).toThrow(
    "the window has 1 value(s): at least 2 needed",
  );
});

test("bounds count the values below, and the values not above", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
      fc.integer({ min: -1, max: 10 }),
      (v, at) => {
        const sorted = sortSample(v);
        expect(lowerBound(sorted, at)).toBe(v.filter((x) => x < at).length);
        expect(upperBound(sorted, at)).toBe(v.filter((x) => x <= at).length);
      },
    ),
  );
});
