import {
  type DetectorStatus,
  detectionsIn,
  requireFinite,
  requireOutcome,
} from "../../../../services/drift/statistics/driftDetector";

test("detections are the places that report drift", () => {
  const statuses: DetectorStatus[] = ["stable", "drift", "warning", "drift"];
  let next = 0;
  expect(detectionsIn({ update: () => statuses[next++] ?? "stable" }, [0, 0, 0, 0, 0])).toEqual([1, 3]);
});

test("what is not watched is refused", () => {
  expect(() => requireFinite(Number.NaN)).toThrow("the stream holds NaN: only finite numbers are watched");
  expect(() => requireOutcome(0.5)).toThrow(
    "the stream holds 0.5: 0 for a right and 1 for a wrong prediction are watched",
  );
});
