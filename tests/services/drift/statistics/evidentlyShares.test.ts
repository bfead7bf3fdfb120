import {
  evidentlyKullbackLeibler,
  evidentlyPsi,
  evidentlyShares,
  fillEmptyBins,
} from "../../../../services/drift/statistics/evidentlyShares";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { expectNear } from "../../../support/numbers";

const fine = sortSample(Array.from({ length: 32 }, (_, i) => i / 4));

test("up to 20 values in the reference are bins of their own", () => {
  const shares = evidentlyShares(sortSample([1, 1, 2, 4]), sortSample([2, 3]));
  expect([...shares.reference]).toEqual([0.5, 0.25, 0, 0.25]);
  expect([...shares.current]).toEqual([0, 0.5, 0.5, 0]);
});

test("more are cut by Sturges's rule over both samples: 64 values make 7 bins", () => {
  const shares = evidentlyShares(fine, fine);
  expect(shares.reference).toHaveLength(7);
  expect(shares.reference.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

test("whole numbers get bins at least 1 wide", () => {
  const whole = sortSample(Array.from({ length: 2200 }, (_, i) => i % 23));
  expect(evidentlyShares(whole, whole).reference).toHaveLength(14);
  const narrow = sortSample(Array.from({ length: 22_000_0 }, (_, i) => i % 21));
  expect(evidentlyShares(narrow, narrow).reference).toHaveLength(20);
});

test("empty bins stand at 0.0001, or a millionth of a smaller least share", () => {
  expect([...fillEmptyBins(Float64Array.of(0.5, 0, 0.5))]).toEqual([0.5, 1e-4, 0.5]);
  expect(fillEmptyBins(Float64Array.of(0.99995, 0, 0.00005))[1]).toBeCloseTo(5e-11, 20);
});

test("PSI and Kullback-Leibler over those shares", () => {
  const [a, b] = [sortSample([1, 1, 1, 2]), sortSample([1, 2, 2, 2])];
  expectNear(evidentlyPsi(a, b), Math.log(3), 1e-12);
  expectNear(evidentlyKullbackLeibler(a, b), 0.5 * Math.log(3), 1e-12);
  expect(evidentlyPsi(fine, fine)).toBe(0);
  expect(evidentlyKullbackLeibler(fine, fine)).toBeCloseTo(0, 12);
});
