import { detectionsIn } from "../../../../services/drift/statistics/driftDetector";
import { PageHinkley } from "../../../../services/drift/statistics/pageHinkley";
import { errorStream } from "../../../support/errorStream";
import { readGolden } from "../../../support/golden";

interface Golden {
  cases: { name: string; stream: number[]; detections: { page_hinkley: number[] } }[];
}

test.each(readGolden<Golden>("drift_streaming").cases)("river's detections: $name", ({ stream, detections }) => {
  expect(detectionsIn(new PageHinkley(), stream)).toEqual(detections.page_hinkley);
});

test("up and down can be watched alone", () => {
  expect(detectionsIn(new PageHinkley(), errorStream())).toEqual([1304, 2160]);
  const step = [...new Array<number>(100).fill(0), ...new Array<number>(100).fill(5)];
  const drop = step.map((value) => -value);
  expect(detectionsIn(new PageHinkley({ mode: "down" }), step)).toEqual([]);
  expect(detectionsIn(new PageHinkley({ mode: "up" }), drop)).toEqual([]);
  expect(detectionsIn(new PageHinkley({ mode: "up" }), step)).toHaveLength(1);
  expect(detectionsIn(new PageHinkley({ mode: "down" }), drop)).toHaveLength(1);
});
