import { DriftDetectionMethod } from "../../../../services/drift/statistics/driftDetectionMethod";
import { detectionsIn } from "../../../../services/drift/statistics/driftDetector";
import { errorStream } from "../../../support/errorStream";

test("river's detections and warnings", () => {
  expect(detectionsIn(new DriftDetectionMethod(), errorStream())).toEqual([1144]);
  const detector = new DriftDetectionMethod();
  const statuses = errorStream().map((value) => detector.update(value));
  expect(statuses.indexOf("warning")).toBe(106);
  expect(statuses.filter((status) => status === "warning")).toHaveLength(240);
});

test("a right-only stream never drifts, and nothing but outcomes is taken", () => {
  expect(detectionsIn(new DriftDetectionMethod(), new Array(2000).fill(0))).toEqual([]);
  expect(() => new DriftDetectionMethod().update(2)).toThrow(
    "the stream holds 2: 0 for a right and 1 for a wrong prediction are watched",
  );
});
