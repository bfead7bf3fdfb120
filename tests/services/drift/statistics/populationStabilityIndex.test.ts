import fc from "fast-check";
import {
  PSI_SHARE_FLOOR,
  populationStabilityIndex,
  populationStabilityIndexOfSamples,
} from "../../../../services/drift/statistics/populationStabilityIndex";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { readGolden } from "../../../support/golden";
import { expectNear } from "../../../support/numbers";

interface Golden {
  cases: {
    name: string;
    reference: number[];
    current: number[];
    expected: { psi_10_quantile_bins_eps_1e_4: number };
  }[];
}

test.each(readGolden<Golden>("drift_numeric").cases)(
  "the reference answer: $name",
  ({ reference, current, expected }) => {
    expectNear(
      populationStabilityIndexOfSamples(sortSample(reference), sortSample(current)),
      expected.psi_10_quantile_bins_eps_1e_4,
    );
  },
);

test("an empty bin counts as the floor", () => {
  expectNear(
    populationStabilityIndex([50, 50], [100, 0]),
    -0.5 * Math.log(0.5) + (0.5 - PSI_SHARE_FLOOR) * Math.log(0.5 / PSI_SHARE_FLOOR),
    1e-12,
  );
});

test("never negative, the same both ways, and 0 for equal shares", () => {
  const pair = fc
    .integer({ min: 1, max: 12 })
    .chain((size) =>
      fc.tuple(...[0, 1].map(() => fc.array(fc.integer({ min: 1, max: 99 }), { minLength: size, maxLength: size }))),
    );
  fc.assert(
    fc.property(pair, ([p = [], q = []]) => {
      const index = populationStabilityIndex(p, q);
      expect(index).toBeGreaterThanOrEqual(0);
      expect(populationStabilityIndex(q, p)).toBeCloseTo(index, 12);
      expect(populationStabilityIndex(p, p)).toBe(0);
    }),
  );
});
