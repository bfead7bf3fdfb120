import { readSchedule } from "../../../services/serving/schedule";

describe("readSchedule", () => {
  it.each([
    [{}, { timeoutMs: undefined, priority: 128 }],
    [
      { timeout: 0, priority: 0 },
      { timeoutMs: undefined, priority: 128 },
    ],
    [
      { timeout: 1500, priority: 1 },
      { timeoutMs: 1.5, priority: 1 },
    ],
    [
      { priority: 255, other: "x" },
      { timeoutMs: undefined, priority: 255 },
    ],
  ])("reads %j", (parameters, schedule) => {
    expect(readSchedule(parameters)).toEqual(schedule);
  });

  const TIMEOUT = "Allowed: microseconds, a whole number from 0, which means none, to 2147483647000.";
  const PRIORITY = "Allowed: a whole number from 1, the most urgent, to 255; 0 means 128.";
  it.each([
    [{ timeout: -1 }, `parameters.timeout is -1. ${TIMEOUT}`],
    [{ timeout: 1.5 }, `parameters.timeout is 1.5. ${TIMEOUT}`],
    [{ timeout: "9" }, `parameters.timeout is "9". ${TIMEOUT}`],
    [{ timeout: 2 ** 53 }, `parameters.timeout is 9007199254740992. ${TIMEOUT}`],
    [{ priority: 256 }, `parameters.priority is 256. ${PRIORITY}`],
    [{ priority: true }, `parameters.priority is true. ${PRIORITY}`],
  ])("refuses %j", (parameters, message) => {
    expect(() => readSchedule(parameters)).toThrow(message);
  });
});
