import { trafficRule, versionsOf } from "../../../../services/serving/traffic/trafficRule";

const problems = (rule: unknown) =>
  trafficRule.safeParse(rule).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("a traffic rule", () => {
  it("has defaults for what is left out", () => {
    const rule = trafficRule.parse({
      stable: "10",
      canary: "9",
      shadow: { version: "2" },
      rollout: { strategy: "manual" },
    });
    expect(rule).toEqual({
      stable: "10",
      canary: "9",
      sticky_header: "x-sticky-key",
      shadow: { version: "2", sample_percent: 100, tolerance: 0.001 },
      rollout: {
        strategy: "manual",
        steps: [10, 25, 50, 75, 100],
        step_seconds: 300,
        min_requests: 100,
        max_error_rate: 0.05,
        max_p95_seconds: 1,
        max_drift_score: 0.8,
      },
    });
    expect(versionsOf(rule)).toEqual(["2", "9", "10"]);
    expect(trafficRule.parse(rule)).toEqual(rule);
  });

  it.each([
    [{}, ["stable: Invalid input: expected string, received undefined"]],
    [{ stable: "x" }, ['stable: Allowed: a version as text, such as "3"']],
    [{ stable: "1", canary: "1" }, ["canary: The canary is another version than the stable one"]],
    [
      { stable: "1", canary: "2", shadow: { version: "2" } },
      ["shadow: The shadow is another version than the stable one and the canary"],
    ],
    [{ stable: "1", weight_percent: 5 }, ["weight_percent: A weight needs a canary"]],
    [{ stable: "1", rollout: { strategy: "linear" } }, ["rollout: A rollout needs a canary"]],
    [
      { stable: "1", canary: "2", weight_percent: 5, rollout: { strategy: "linear" } },
      ["weight_percent: A rollout sets the weight itself; leave it out"],
    ],
    [
      { stable: "1", canary: "2", rollout: { strategy: "linear", steps: [20, 10] } },
      ["rollout.steps: Allowed: the last step is 100", "rollout.steps: Allowed: each step greater than the one before"],
    ],
  ])("refuses %j", (rule, expected) => expect(problems(rule)).toEqual(expected));
});
