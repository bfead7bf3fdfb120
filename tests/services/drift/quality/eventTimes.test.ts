import { eventTimeProblems, eventTimes } from "../../../../services/drift/quality/eventTimes";

const now = Date.parse("2026-03-01T12:00:00Z");
const rule = { column: "at", maximum_age_seconds: 3600 };

describe("eventTimes", () => {
  it("counts late rows and rows from the future, in texts, seconds and milliseconds alike", () => {
    const values = ["2026-03-01T11:59:00Z", now / 1000 - 7200, now - 10_000, null, "2026-03-02T12:00:00Z"];
    const report = eventTimes(values, rule, now);
    expect(report).toEqual({
      column: "at",
      maximum_age_seconds: 3600,
      rows: 5,
      missing: 1,
      late: 1,
      future: 1,
      oldest: "2026-03-01T10:00:00.000Z",
      newest: "2026-03-02T12:00:00.000Z",
    });
    expect(eventTimeProblems(report).map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'failure: 1 of 5 rows (20%) are older than 3600 s by "at"; the oldest is of 2026-03-01T10:00:00.000Z.',
      'failure: 1 of 5 rows are in the future by "at"; the newest is of 2026-03-02T12:00:00.000Z.',
    ]);
  });

  it("finds nothing in rows that are on time, nor in no times at all", () => {
    expect(eventTimeProblems(eventTimes([now / 1000], rule, now))).toEqual([]);
    expect(eventTimes([null], rule, now)).not.toHaveProperty("oldest");
  });

  it.each([["soon"], [true], [1e30]])("refuses %p", (value) => {
    expect(() => eventTimes([value], rule, now)).toThrow(/^Row 0 of the event time "at" is /);
  });
});
