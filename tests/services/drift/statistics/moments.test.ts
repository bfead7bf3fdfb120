import { momentsOf, populationDeviation, sampleVariance } from "../../../../services/drift/statistics/moments";
import { expectNear } from "../../../support/numbers";

test("mean, and spread over n and n - 1", () => {
  const moments = momentsOf([2, 4, 4, 4, 5, 5, 7, 9]);
  expect(moments).toEqual({ count: 8, mean: 5, squaredDeviations: 32 });
  expect(populationDeviation(moments)).toBe(2);
  expectNear(sampleVariance(moments), 32 / 7, 1e-15);
});

test("a mean far from zero costs no digits, one value has no sample variance", () => {
  expectNear(sampleVariance(momentsOf([1e9 + 1, 1e9 + 2, 1e9 + 3])), 1, 1e-12);
  expect(sampleVariance(momentsOf([5]))).toBeNaN();
});
