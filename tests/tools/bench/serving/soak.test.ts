import { residentMebibytes, slope } from "../../../../tools/bench/serving/soak";

it.each([
  [[], 0],
  [[[1, 5]], 0],
  [
    [
      [0, 1],
      [1, 3],
      [2, 5],
    ],
    2,
  ],
  [
    [
      [1, 7],
      [2, 7],
      [5, 7],
    ],
    0,
  ],
] as [[number, number][], number][])("the slope of %j is %f", (samples, expected) => {
  expect(slope(samples)).toBeCloseTo(expected, 12);
});

it("reads the memory of a process, and says when there is none", () => {
  if (process.platform === "linux") expect(residentMebibytes(process.pid)).toBeGreaterThan(10);
  expect(() => residentMebibytes(2 ** 30)).toThrow(/^The memory of process 1073741824 cannot be read: /);
});
