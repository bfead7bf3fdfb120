import { detectionsIn } from "../../../../services/drift/statistics/driftDetector";
import { HoeffdingAverage } from "../../../../services/drift/statistics/hoeffdingAverage";
import { errorStream } from "../../../support/errorStream";

test("river's detections and warnings, one-sided and two-sided", () => {
  expect(detectionsIn(new HoeffdingAverage(), errorStream())).toEqual([1114]);
  expect(detectionsIn(new HoeffdingAverage({ twoSided: true }), errorStream())).toEqual([1114, 2089]);
  const detector = new HoeffdingAverage();
  const statuses = errorStream().map((value) => detector.update(value));
  expect(statuses.indexOf("warning")).toBe(1095);
  expect(statuses.filter((status) => status === "warning")).toHaveLength(24);
});

test("a right-only stream never drifts, and nothing but outcomes is taken", () => {
  expect(detectionsIn(new HoeffdingAverage(), new Array(2000).fill(0))).toEqual([]);
  expect(() => new HoeffdingAverage().update(2)).toThrow(
    "the stream holds 2: 0 for a right and 1 for a wrong prediction are watched",
  );
});
