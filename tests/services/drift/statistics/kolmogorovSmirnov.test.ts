import fc from "fast-check";
import {
  type KolmogorovSmirnovMethod,
  kolmogorovSmirnov,
  kolmogorovSmirnovStatistic,
} from "../../../../services/drift/statistics/kolmogorovSmirnov";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { StatisticsError } from "../../../../services/drift/statistics/statisticsError";
import { readGolden } from "../../../support/golden";
import { expectNear } from "../../../support/numbers";

interface Golden {
  cases: {
    name: string;
    reference: number[];
    current: number[];
    expected: {
      ks: { statistic: number; p_value_exact: number; p_value_asymptotic: number; p_value_kolmogorov_limit: number };
    };
  }[];
}

const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 });
const methods: KolmogorovSmirnovMethod[] = ["exact", "asymptotic", "limit"];

test.each(readGolden<Golden>("drift_numeric").cases)("scipy's statistic and p-values: $name", (golden) => {
  const reference = sortSample(golden.reference);
  const current = sortSample(golden.current);
  const { ks } = golden.expected;
  expectNear(kolmogorovSmirnov(reference, current).statistic, ks.statistic, 1e-12);
  expectNear(kolmogorovSmirnov(reference, current, "exact").pValue, ks.p_value_exact);
  expectNear(kolmogorovSmirnov(reference, current, "asymptotic").pValue, ks.p_value_asymptotic);
  expectNear(kolmogorovSmirnov(reference, current, "limit").pValue, ks.p_value_kolmogorov_limit);
  expect(kolmogorovSmirnov(reference, current).method).toBe("exact");
});

test("auto is exact up to 10,000 values in either sample, then asymptotic", () => {
  const small = sortSample([1, 2, 3]);
  const large = Float64Array.from({ length: 10_000 }, (_, i) => i / 1000);
  expect(kolmogorovSmirnov(small, large).method).toBe("exact");
  expect(kolmogorovSmirnov(small, sortSample([...large, 11])).method).toBe("asymptotic");
});

test("10,000 against 9,999 values: the exact p-value keeps its digits deep in the tail", () => {
  // Differences of evenly spaced samples are known: i / 10000 against a shift of 0.16 of the range.
  const reference = Float64Array.from({ length: 10_000 }, (_, i) => i);
  const current = Float64Array.from({ length: 9_999 }, (_, i) => i * 1.0001 + 1600.5);
  const { statistic, pValue } = kolmogorovSmirnov(reference, current);
  expectNear(statistic, 0.1601, 1e-3);
  expect(pValue).toBeLessThan(1e-100);
  expect(pValue).toBeGreaterThan(1e-125);
});

test("the exact p-value is the share of all orderings at least as far apart", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.nat(1000), (n, m, pick) => {
      const orderings = choose(n + m, n).map((set) => {
        const ranks = Array.from({ length: n + m }, (_, i) => i);
        return [sortSample(ranks.filter((i) => set.has(i))), sortSample(ranks.filter((i) => !set.has(i)))] as const;
      });
      const [a, b] = orderings[pick % orderings.length] ?? [];
      if (!a || !b) throw new Error("no ordering");
      const statistic = kolmogorovSmirnovStatistic(a, b);
      const asFar = orderings.filter(([x, y]) => kolmogorovSmirnovStatistic(x, y) >= statistic - 1e-12).length;
      expect(kolmogorovSmirnov(a, b, "exact").pValue).toBeCloseTo(asFar / orderings.length, 12);
    }),
  );
});

test("which sample comes first, row order and monotone transforms change nothing", () => {
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const a = sortSample(x);
      const b = sortSample(y);
      for (const method of methods) {
        const result = kolmogorovSmirnov(a, b, method);
        expect(kolmogorovSmirnov(b, a, method).pValue).toBeCloseTo(result.pValue, 12);
        const transformed = [x, y].map((values) => sortSample([...values].reverse().map((v) => Math.exp(v / 7))));
        expect(kolmogorovSmirnov(transformed[0] ?? a, transformed[1] ?? b, method)).toEqual(result);
        expect(result.pValue).toBeGreaterThanOrEqual(0);
        expect(result.pValue).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test("a reference far longer than the window is searched and gives the definition's statistic", () => {
  const long = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 200, maxLength: 400 });
  const short = fc.array(fc.integer({ min: -22, max: 22 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(long, short, (x, y) => {
      const share = (values: number[], at: number) => values.filter((v) => v <= at).length / values.length;
      const definition = Math.max(...[...x, ...y].map((at) => Math.abs(share(x, at) - share(y, at))));
      expect(kolmogorovSmirnovStatistic(sortSample(x), sortSample(y))).toBeCloseTo(definition, 12);
      expect(kolmogorovSmirnovStatistic(sortSample(y), sortSample(x))).toBeCloseTo(definition, 12);
    }),
  );
});

test("a sample against itself: nothing between them, p-value 1", () => {
  fc.assert(
    fc.property(sample, fc.constantFrom(...methods), (x, method) => {
      expect(kolmogorovSmirnov(sortSample(x), sortSample(x), method)).toEqual({ statistic: 0, pValue: 1, method });
    }),
  );
});

test("an empty sample is refused, and says which", () => {
  expect(() => kolmogorovSmirnov(sortSample([1]), new Float64Array(0))).toThrow(
    new StatisticsError("the current sample has 0 value(s): at least 1 needed"),
  );
});

/** Every subset of 0..size-1 with `count` members. */
function choose(size: number, count: number): Set<number>[] {
  const subsets: Set<number>[] = [];
  for (let mask = 0; mask < 2 ** size; mask++) {
    const members = Array.from({ length: size }, (_, i) => i).filter((i) => (mask >> i) & 1);
    if (members.length === count) subsets.push(new Set(members));
  }
  return subsets;
}
