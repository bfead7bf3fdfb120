import { classifierTwoSample } from "../../../../services/drift/statistics/classifierTwoSample";
import { tableOf } from "../../../../services/drift/statistics/table";
import { normalTable } from "../../../support/normalTable";

test("a shift gives itself away, and a seed fixes the answer", () => {
  const [reference, current] = [normalTable(400, 4, 1), normalTable(300, 4, 2, 1)];
  const result = classifierTwoSample(reference, current);
  expect(result.area).toBeGreaterThan(0.85); // The best possible is 0.921.
  expect(result.low).toBeGreaterThan(0.8);
  expect(result.pValue).toBeLessThan(1e-10);
  expect(result).toMatchObject({ heldOutReference: 200, heldOutCurrent: 150 });
  expect(classifierTwoSample(reference, current)).toEqual(result);
});

test("a change that no column shows by itself is seen", () => {
  const pairs = (seed: number, sign: number) => {
    const { values } = normalTable(600, 2, seed);
    return tableOf(
      Array.from({ length: 600 }, (_, i) => [
        values[2 * i] ?? 0,
        sign * (values[2 * i] ?? 0) + 0.5 * (values[2 * i + 1] ?? 0),
      ]),
    );
  };
  expect(classifierTwoSample(pairs(1, 1), pairs(2, -1)).area).toBeGreaterThan(0.8);
});

test("without drift false alarms keep to their level", () => {
  let alarms = 0;
  for (let run = 0; run < 100; run++) {
    const options = { trees: 10, seed: run };
    const { pValue } = classifierTwoSample(normalTable(60, 3, 2 * run), normalTable(60, 3, 2 * run + 1), options);
    if (pValue <= 0.05) alarms++;
  }
  // A binomial of 100 at 0.05 exceeds 14 once in ten thousand.
  expect(alarms).toBeLessThanOrEqual(14);
});

test("too few rows to halve are refused", () => {
  expect(() => classifierTwoSample(normalTable(9, 2, 1), normalTable(20, 2, 2))).toThrow(
    "the reference has 9 row(s): at least 10 needed",
  );
});
