import fc from "fast-check";
import {
  medianDistance,
  pairwiseSquaredDistances,
  selectSmallest,
} from "../../../../services/drift/statistics/pairwiseDistances";
import { tableOf } from "../../../../services/drift/statistics/table";

test("every pair once", () => {
  expect([...pairwiseSquaredDistances(tableOf([[0], [1], [4]]))]).toEqual([1, 16, 9]);
});

test("selection finds what sorting would", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 60 }), fc.nat(), (values, at) => {
      const k = at % values.length;
      expect(selectSmallest(Float64Array.from(values), k)).toBe([...values].sort((a, b) => a - b)[k]);
    }),
  );
});

test("the median is of distances, not of their squares", () => {
  expect(medianDistance(Float64Array.of(1, 9, 4))).toBe(2);
  expect(medianDistance(Float64Array.of(16, 1, 9, 4))).toBe(2.5);
});
