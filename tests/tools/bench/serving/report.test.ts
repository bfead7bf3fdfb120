import {
  bestRounds,
  doubts,
  median,
  quantile,
  type Round,
  summarise,
  toReport,
  toText,
} from "../../../../tools/bench/serving/report";

const round = (requestsPerSecond: number, serverCpu: number | undefined = 1): Round => ({
  requestsPerSecond,
  p50: 1.23456,
  p99: 9,
  serverCpu,
});
const ours = summarise("us", [round(900), round(1000), round(100)]);
const absent = { absent: "no Python." };
const others = { fastapi_sklearn: absent, bentoml: absent, mlserver: absent };

describe("the serving report", () => {
  it("takes quantiles", () => {
    expect([0, 0.5, 0.99, 1].map((share) => quantile([3, 1, 2, 4], share))).toEqual([1, 3, 4, 4]);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it("takes medians", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(() => median([])).toThrow("There is no median of no values.");
    expect(summarise("us", [round(900, 0.5), round(1000, 1), round(100, 0.8)])).toEqual({
      requests_per_second: 900,
      p50_ms: 1.235,
      p99_ms: 9,
      server_cpu: 0.8,
      requests_per_core_second: 1000,
      rounds: [900, 1000, 100],
      description: "us",
    });
  });

  it("counts the rounds with most processor time, however fast they were", () => {
    const rounds = [round(9, 0.2), round(1, 0.99), round(5, 0.6), round(7, 0.95)];
    expect(bestRounds(rounds, 2)).toEqual([round(1, 0.99), round(7, 0.95)]);
  });

  it("divides ours by theirs; what is absent has no ratio", () => {
    const bare = summarise("bare", [round(1200)]);
    const report = toReport(ours, { bare_http: bare, fastapi_onnxruntime: absent, ...others });
    expect(report).toEqual({
      ours,
      peers: { bare_http: bare, fastapi_onnxruntime: absent, ...others },
      ratios: { bare_http: 0.75, fastapi_onnxruntime: null, fastapi_sklearn: null, bentoml: null, mlserver: null },
    });
    expect(toText(report, "Conditions.").split("\n")).toEqual([
      "                     requests/s  p50 ms  p99 ms  core used  ours / theirs  the same per core second",
      "ours                 900         1.235   9       1",
      "bare_http            1200        1.235   9       1          0.75           0.75",
      "fastapi_onnxruntime  absent",
      "fastapi_sklearn      absent",
      "bentoml              absent",
      "mlserver             absent",
      "",
      "Conditions.",
      "ours: us",
      "bare_http: bare",
      "fastapi_onnxruntime is absent: no Python.",
      "fastapi_sklearn is absent: no Python.",
      "bentoml is absent: no Python.",
      "mlserver is absent: no Python.",
    ]);
  });

  it("doubts a server that was not busy, and says nothing where the system does not tell", () => {
    const idle = summarise("idle", [round(1000, 0.5)]);
    const unknown = summarise("unknown", [{ ...round(1000), serverCpu: undefined }]);
    expect(unknown).toMatchObject({ server_cpu: null, requests_per_core_second: null });
    const peers = { bare_http: idle, fastapi_onnxruntime: unknown, ...others };
    expect(doubts(toReport(ours, peers))).toEqual([
      "Doubtful: bare_http used only 0.5 of its core; the load generator or other work on this machine held it back.",
    ]);
  });
});
