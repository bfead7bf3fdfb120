import fc from "fast-check";
import { AdaptiveWindow } from "../../../../services/drift/statistics/adaptiveWindow";
import { detectionsIn } from "../../../../services/drift/statistics/driftDetector";
import { errorStream } from "../../../support/errorStream";
import { readGolden } from "../../../support/golden";

interface Golden {
  cases: { name: string; stream: number[]; detections: { adwin: number[] } }[];
}

test.each(readGolden<Golden>("drift_streaming").cases)("river's detections: $name", ({ stream, detections }) => {
  expect(detectionsIn(new AdaptiveWindow(), stream)).toEqual(detections.adwin);
});

test("river's detections on an error stream", () => {
  expect(detectionsIn(new AdaptiveWindow(), errorStream())).toEqual([1151, 2111]);
});

test("the window is the mean of as many last values as it holds", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 300 }), (values) => {
      const detector = new AdaptiveWindow({ clock: 16 });
      for (const value of values) detector.update(value);
      const kept = values.slice(values.length - detector.size);
      expect(detector.mean).toBeCloseTo(kept.reduce((sum, value) => sum + value, 0) / kept.length, 9);
    }),
  );
});

test("nothing seen, nothing claimed; what is not finite is refused", () => {
  const detector = new AdaptiveWindow();
  expect([detector.mean, detector.size]).toEqual([0, 0]);
  expect(() => detector.update(Infinity)).toThrow("the stream holds Infinity: only finite numbers are watched");
});

test("a constant stream never drifts, however long", () => {
  expect(detectionsIn(new AdaptiveWindow(), new Float64Array(20_000).fill(0.1))).toEqual([]);
});
