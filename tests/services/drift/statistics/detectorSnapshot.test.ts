import {
  DETECTOR_KINDS,
  DETECTORS,
  restoreDetector,
  snapshotDetector,
} from "../../../../services/drift/statistics/detectorSnapshot";
import { SeededRandom } from "../../../../services/drift/statistics/seededRandom";

/** Zeros and ones whose rate rises in the middle, which every detector takes. */
const stream = (length: number, seed: number) => {
  const random = new SeededRandom(seed);
  return Array.from({ length }, (_, i) => (random.uniform() < (i < length / 2 ? 0.1 : 0.6) ? 1 : 0));
};

describe("snapshots of detectors", () => {
  it.each(DETECTOR_KINDS)("%s goes on after each restore as if it had never stopped", (kind) => {
    const values = stream(1200, 5);
    const whole = DETECTORS[kind]();
    const expected = values.map((value) => whole.update(value));
    let resumed: ReturnType<typeof restoreDetector> = DETECTORS[kind]();
    const statuses = values.map((value, i) => {
      if (i % 7 === 0) resumed = restoreDetector(kind, snapshotDetector(resumed));
      return resumed.update(value);
    });
    expect(statuses).toEqual(expected);
    expect(new Set(expected).size).toBeGreaterThan(1);
  });

  it("refuses the state of another kind, and what is no state", () => {
    const state = snapshotDetector(DETECTORS.ddm());
    expect(() => restoreDetector("adwin", state)).toThrow(
      "the state is not that of adwin: the fields deviations, drifted, levels, options, seen, total, width are expected",
    );
    expect(() => restoreDetector("adwin", "{")).toThrow("the state is no JSON");
  });
});
