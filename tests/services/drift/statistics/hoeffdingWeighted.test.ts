import { detectionsIn } from "../../../../services/drift/statistics/driftDetector";
import { HoeffdingWeighted } from "../../../../services/drift/statistics/hoeffdingWeighted";
import { errorStream } from "../../../support/errorStream";

test("river's detections and warnings, one-sided and two-sided", () => {
  expect(detectionsIn(new HoeffdingWeighted(), errorStream())).toEqual([1344, 1513]);
  expect(detectionsIn(new HoeffdingWeighted({ twoSided: true }), errorStream())).toEqual([1344, 1513, 2038]);
  const detector = new HoeffdingWeighted();
  const statuses = errorStream().map((value) => detector.update(value));
  expect(statuses.indexOf("warning")).toBe(1218);
  expect(statuses.filter((status) => status === "warning")).toHaveLength(10);
});

test("a right-only stream never drifts, and nothing but outcomes is taken", () => {
  expect(detectionsIn(new HoeffdingWeighted(), new Array(2000).fill(0))).toEqual([]);
  expect(() => new HoeffdingWeighted().update(2)).toThrow(
    "the stream holds 2: 0 for a right and 1 for a wrong prediction are watched",
  );
});
