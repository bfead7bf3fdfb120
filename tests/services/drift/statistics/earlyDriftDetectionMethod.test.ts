import { detectionsIn } from "../../../../services/drift/statistics/driftDetector";
import { EarlyDriftDetectionMethod } from "../../../../services/drift/statistics/earlyDriftDetectionMethod";
import { errorStream } from "../../../support/errorStream";

test("river's detections and warnings", () => {
  expect(detectionsIn(new EarlyDriftDetectionMethod(), errorStream())).toEqual([
    289, 539, 794, 1038, 1171, 1282, 1364, 1477,
  ]);
  const detector = new EarlyDriftDetectionMethod();
  const statuses = errorStream().map((value) => detector.update(value));
  expect(statuses.indexOf("warning")).toBe(283);
  expect(statuses.filter((status) => status === "warning")).toHaveLength(130);
});

test("a right-only stream never drifts, and nothing but outcomes is taken", () => {
  expect(detectionsIn(new EarlyDriftDetectionMethod(), new Array(2000).fill(0))).toEqual([]);
  expect(() => new EarlyDriftDetectionMethod().update(2)).toThrow(
    "the stream holds 2: 0 for a right and 1 for a wrong prediction are watched",
  );
});
