import fc from "fast-check";
import { judge, type Observation } from "../../../../services/serving/traffic/rollout";
import {
  advanced,
  promoted,
  startRecord,
  type TrafficRecord,
  weightOf,
} from "../../../../services/serving/traffic/trafficRecord";
import { trafficRule } from "../../../../services/serving/traffic/trafficRule";

type Given = Record<string, unknown>;
function begin(rollout: Given = {}): TrafficRecord {
  const rule = trafficRule.parse({
    stable: "1",
    canary: "2",
    rollout: { strategy: "linear", step_seconds: 60, min_requests: 100, ...rollout },
  });
  return startRecord(rule, "null", 0, undefined);
}
const seen = (requests: number, errors = 0, slow = 0, driftScore?: number): Observation => ({
  tally: { requests, errors, slow },
  driftScore,
});

describe("a rollout", () => {
  it.each([
    ["too early", seen(1000), 59_999, "hold", "the step has had 59 of 60 seconds"],
    ["too few requests", seen(99), 60_000, "hold", "the canary has had 99 of 100 requests"],
    ["time and requests", seen(100), 60_000, "advance", "100 requests within the limits"],
    ["errors at the limit", seen(100, 5, 5, 0.8), 60_000, "advance", "100 requests within the limits"],
    ["one error more", seen(100, 6), 1, "rollback", "6 of 100 requests failed; 5 % may"],
    ["errors that nothing can make good", seen(6, 6), 1, "rollback", "6 of 6 requests failed; 5 % may"],
    ["errors that others may make good", seen(5, 5), 1, "hold", "the step has had 0 of 60 seconds"],
    ["slow answers", seen(200, 0, 11), 1, "rollback", "11 of 200 requests took longer than 1 s; 5 % may"],
    ["drift", seen(1, 0, 0, 0.81), 1, "rollback", "the drift score is 0.81; up to 0.8 is borne"],
  ])("judges %s", (_, observation, now, kind, reason) => {
    expect(judge(begin(), observation, now)).toEqual({ kind, reason });
  });

  it.each([
    ["linear", [10, 25, 50, 75, 100]],
    ["exponential", [1, 2, 4, 8, 16, 32, 64, 100]],
  ])("walks the %s steps and then promotes", (strategy, steps) => {
    let record = begin({ strategy });
    const walked = [weightOf(record)];
    for (let now = 60_000; walked.length < 20; now += 60_000) {
      const { kind, reason } = judge(record, seen(100), now);
      if (kind === "promote") break;
      expect(kind).toBe("advance");
      record = advanced(record, reason, now);
      walked.push(weightOf(record));
    }
    expect(walked).toEqual(steps);
    const after = promoted(record, "sound", 0);
    expect(after.rule).toEqual({ stable: "2", sticky_header: "x-sticky-key" });
    expect(weightOf(after)).toBe(0);
  });

  it("waits to be told when it is manual, but is rolled back all the same", () => {
    const record = begin({ strategy: "manual" });
    expect(judge(record, seen(1e6), 1e9)).toEqual({ kind: "hold", reason: "it waits to be told to advance" });
    expect(judge(record, seen(100, 6), 0).kind).toBe("rollback");
  });

  it("is rolled back if and only if a limit is broken, whatever else is so", () => {
    const count = fc.integer({ min: 0, max: 500 });
    const observation = fc.record({
      tally: fc
        .tuple(count, count, count)
        .map(([answered, errors, slow]) => ({ requests: answered + errors, errors, slow: Math.min(slow, answered) })),
      driftScore: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    });
    fc.assert(
      fc.property(observation, fc.integer({ min: 0, max: 1e6 }), (given, now) => {
        const { requests, errors, slow } = given.tally;
        const least = Math.max(requests, 100) * 0.05;
        const broken = errors > least || slow > least || (given.driftScore ?? 0) > 0.8;
        expect(judge(begin(), given, now).kind === "rollback").toBe(broken);
      }),
    );
  });
});
