import fc from "fast-check";
import {
  type Comparison,
  compareMeans,
  compareShares,
  type Moments,
  studentTwoSided,
} from "../../../../services/serving/traffic/significance";
import { readGolden } from "../../../support/golden";

interface Wanted {
  readonly statistic: number;
  readonly p_value: number;
  readonly interval: readonly number[];
}
const golden = readGolden<{
  readonly shares: readonly (Wanted & Record<"first" | "second", readonly number[]>)[];
  readonly means: readonly (Wanted & Record<"first" | "second", Moments>)[];
  readonly student: readonly Record<"t" | "freedom" | "p_value", number>[];
}>("ab_significance");

const share = ([events = 0, trials = 0]: readonly number[]) => ({ events, trials });

function expectLike(found: Comparison | undefined, wanted: Wanted) {
  const relative = (value: number, other: number) => Math.abs(value - other) / Math.max(Math.abs(other), 1e-300);
  expect(relative(found?.statistic ?? Number.NaN, wanted.statistic) < 1e-9 || wanted.statistic === 0).toBe(true);
  expect(relative(found?.p_value ?? Number.NaN, wanted.p_value)).toBeLessThan(1e-8);
  for (const end of [0, 1]) expect(found?.interval[end]).toBeCloseTo(wanted.interval[end] ?? Number.NaN, 8);
}

describe("significance", () => {
  it.each(golden.shares)("compares the shares $first and $second as statsmodels does", ({ first, second, ...wanted }) =>
    expectLike(compareShares(share(first), share(second)), wanted),
  );

  it.each(golden.means)(
    "compares means of $first.count and $second.count as scipy does",
    ({ first, second, ...wanted }) => expectLike(compareMeans(first, second), wanted),
  );

  it.each(golden.student)("has Student's tail beyond $t with $freedom degrees of freedom", ({ t, freedom, p_value }) =>
    expect(studentTwoSided(t, freedom) / p_value).toBeCloseTo(1, 8),
  );

  it("says nothing of groups that are too small, and compares constant ones", () => {
    const constant = (mean: number): Moments => ({ count: 3, mean, squares: 0 });
    expect(compareShares(share([0, 0]), share([1, 2]))).toBeUndefined();
    expect(compareMeans({ count: 1, mean: 0, squares: 0 }, constant(1))).toBeUndefined();
    expect(compareMeans(constant(1), constant(1))).toMatchObject({ difference: 0, p_value: 1 });
    expect(compareMeans(constant(1), constant(2))).toMatchObject({ difference: 1, p_value: 0 });
    expect(compareShares(share([3, 3]), share([5, 5]))).toMatchObject({ statistic: 0, p_value: 1 });
  });

  it("gives a probability, the same for either order", () => {
    const trials = fc
      .integer({ min: 1, max: 100_000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(trials, trials, (a, b) => {
        const [one, other] = [compareShares(share(a), share(b)), compareShares(share(b), share(a))];
        expect(one?.p_value).toBeGreaterThanOrEqual(0);
        expect(one?.p_value).toBeLessThanOrEqual(1);
        expect(one?.p_value).toBeCloseTo(other?.p_value ?? Number.NaN, 12);
        expect(one?.interval[0]).toBeLessThanOrEqual(one?.difference ?? Number.NaN);
      }),
    );
  });
});
