import { parseWrk } from "../../../../tools/bench/serving/load";

describe("parseWrk", () => {
  it("reads requests, microseconds, p50, p99 and failures", () => {
    const output = "Running 5s test\n  1 threads\ntideline 150000 5000000 1800 6100 0\n";
    expect(parseWrk(output, "http://x/")).toEqual({ requestsPerSecond: 30_000, p50: 1.8, p99: 6.1, seconds: 5 });
  });

  it("refuses figures of failed requests, and output without figures", () => {
    expect(() => parseWrk("tideline 10 5000000 1 1 3\n", "http://x/")).toThrow(
      "3 requests to http://x/ failed; no figure is reported for failures.",
    );
    expect(() => parseWrk("unable to connect", "http://x/")).toThrow(
      "wrk printed no result for http://x/:\nunable to connect",
    );
  });
});
