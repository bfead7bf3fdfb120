import { setTimeout as wait } from "node:timers/promises";
import { Registry } from "prom-client";
import { Downstream } from "../../../services/serving/downstream";
import { createDriftClient } from "../../../services/serving/driftClient";
import { type DriftServer, driftReport, startDriftServer } from "../../support/driftServer";
import { eventually } from "../../support/eventually";
import { silentLog } from "../../support/serving";

let drift: DriftServer;
beforeEach(async () => {
  drift = await startDriftServer();
});
afterEach(() => drift.close());

const signal = new AbortController().signal;
function start(pauseMs: readonly [number, number]) {
  const registry = new Registry();
  const downstream = new Downstream({ name: "drift", failures: 2, pauseMs, registry, log: silentLog });
  const clients = ["a-1", "b-1"].map((id) => createDriftClient(drift.url, id, undefined, downstream));
  const [a, b] = clients as [(typeof clients)[0], (typeof clients)[0]];
  return { a, b, metrics: () => registry.metrics() };
}
const OPEN = "The drift service failed again and again; it is left alone for a while.";

describe("a downstream service", () => {
  it("that fails is left alone by all who ask it, and says so", async () => {
    const { a, b, metrics } = start([60_000, 60_000]);
    drift.answer = () => ({ status: 503, body: {} });
    await expect(a.detect({}, signal)).rejects.toThrow("The drift service answered 503");
    await expect(b.detect({}, signal)).rejects.toThrow("The drift service answered 503");
    await expect(a.detect({}, signal)).rejects.toThrow(OPEN);
    await expect(b.register({}, signal)).rejects.toThrow(OPEN);
    expect(drift.requests).toHaveLength(2);
    expect(await metrics()).toContain('downstream_circuit_open{downstream="drift"} 1\n');
    expect(await metrics()).toContain('downstream_failures_total{downstream="drift"} 4\n');
  });

  it("is tried again after a while, and asked as ever once it answers", async () => {
    const { a, b, metrics } = start([20, 20]);
    drift.answer = () => ({ status: 500, body: {} });
    for (const client of [a, b]) await expect(client.detect({}, signal)).rejects.toThrow("answered 500");
    drift.answer = () => ({ status: 200, body: driftReport(false) });
    await eventually(async () => expect(await a.detect({}, signal)).toMatchObject({ drift_detected: false }));
    expect(await b.detect({}, signal)).toMatchObject({ drift_detected: false });
    expect(await metrics()).toContain('downstream_circuit_open{downstream="drift"} 0\n');
  });

  it("is not blamed for refusals, nor for requests that were given up", async () => {
    const { a, b } = start([60_000, 60_000]);
    drift.answer = () => ({ status: 400, body: {} });
    for (const client of [a, b, a]) await expect(client.detect({}, signal)).rejects.toThrow("answered 400");
    drift.answer = () => "hang";
    for (let round = 0; round < 3; round++) {
      const stop = new AbortController();
      const asking = a.detect({}, stop.signal);
      await wait(5);
      stop.abort();
      await expect(asking).rejects.toThrow("aborted");
    }
    drift.answer = () => ({ status: 200, body: driftReport(true) });
    expect(await b.detect({}, signal)).toMatchObject({ drift_detected: true });
  });
});
