import { Registry } from "prom-client";
import { createDriftClient } from "../../../services/serving/driftClient";
import { DriftSampler, type DriftSamplerArgs } from "../../../services/serving/driftSampler";
import { type DriftServer, driftReport, startDriftServer } from "../../support/driftServer";
import { eventually } from "../../support/eventually";
import { freePort } from "../../support/ports";
import { silentLog } from "../../support/serving";

const FEATURES = ["f0", "f1"];
const REFERENCE = { f0: [1, 2], f1: [3, 4] };
let drift: DriftServer;
let registry: Registry;
let sampler: DriftSampler | undefined;

beforeEach(async () => {
  drift = await startDriftServer();
  registry = new Registry();
});
afterEach(async () => {
  await sampler?.close();
  await drift.close();
});

function startSampler(change: Partial<DriftSamplerArgs> = {}, url = drift.url): DriftSampler {
  sampler = new DriftSampler({
    client: createDriftClient(url, "toy-1"),
    features: FEATURES,
    reference: REFERENCE,
    labels: { model: "toy", version: "1" },
    sampleRate: 1,
    windowRows: 4,
    intervalSeconds: 0.02,
    registry,
    log: silentLog,
    ...change,
  });
  return sampler;
}

function offerRows(target: DriftSampler, count: number): void {
  for (let row = 0; row < count; row++) target.offer([row, row + 0.5], 1);
}

const posted = () => drift.requests.filter(({ method }) => method === "POST");
const registered = () => drift.requests.filter(({ method }) => method === "PUT");
const metric = async (line: string) => expect(await registry.metrics()).toContain(`${line}\n`);

describe("DriftSampler", () => {
  it("registers the reference of the model version, once", async () => {
    const target = startSampler();
    await eventually(() => expect(registered()).toHaveLength(1));
    offerRows(target, 4);
    await eventually(() => expect(posted()).toHaveLength(1));
    expect(registered()).toEqual([{ method: "PUT", path: "/references/toy-1", body: { columns: REFERENCE } }]);
  });

  it("compares a full window, by column, and never a part of one", async () => {
    const target = startSampler();
    offerRows(target, 3);
    await eventually(() => expect(registered()).toHaveLength(1));
    target.offer([8, 8.5, 9, 9.5], 2);
    await eventually(() => expect(posted()).toHaveLength(1));
    const { body, path } = posted()[0] ?? {};
    expect([path, body?.reference_id]).toEqual(["/detect-drift", "toy-1"]);
    const [first = [], second = []] = [body?.columns.f0, body?.columns.f1];
    expect(first).toHaveLength(4);
    for (const value of first) expect([0, 1, 2, 8, 9]).toContain(value);
    expect(second).toEqual(first.map((value) => value + 0.5));
    await eventually(() => metric('drift_rows_total{model="toy",version="1",outcome="sent"} 4'));
  });

  it("tells the latest verdict, false until there is one, and passes it to the metrics", async () => {
    const target = startSampler();
    expect(target.detected).toBe(false);
    drift.answer = ({ method }) => ({ status: method === "PUT" ? 200 : 200, body: driftReport(true) });
    offerRows(target, 4);
    await eventually(() => expect(target.detected).toBe(true));
    await metric('drift_score{model="toy",version="1"} 0.75');
    await metric('drift_detected{model="toy",version="1"} 1');
    await metric('feature_drift_score{model="toy",version="1",feature="f0"} 0.9');
    drift.answer = () => ({ status: 200, body: driftReport(false) });
    offerRows(target, 4);
    await eventually(() => expect(target.detected).toBe(false));
    await metric('drift_detected{model="toy",version="1"} 0');
  });

  it("keeps its verdict and drops the window while the drift service fails, and goes on when it answers", async () => {
    const target = startSampler();
    drift.answer = () => ({ status: 200, body: driftReport(true) });
    offerRows(target, 4);
    await eventually(() => expect(target.detected).toBe(true));
    drift.answer = () => ({ status: 500, body: { error: { code: "internal_error", message: "down" } } });
    offerRows(target, 4);
    await eventually(() => metric('drift_rows_total{model="toy",version="1",outcome="dropped"} 4'));
    expect(target.detected).toBe(true);
    drift.answer = () => ({ status: 200, body: driftReport(false) });
    offerRows(target, 4);
    await eventually(() => expect(target.detected).toBe(false));
  });

  it("waits for a drift service that is not there yet", async () => {
    const port = await freePort();
    const target = startSampler({}, `http://127.0.0.1:${port}`);
    offerRows(target, 1000);
    const late = await startDriftServer(port);
    try {
      late.answer = () => ({ status: 200, body: driftReport(true) });
      await eventually(() => expect(target.detected).toBe(true));
      expect(late.requests.map(({ method }) => method)).toEqual(["PUT", "POST"]);
    } finally {
      await target.close();
      await late.close();
    }
  });

  it("registers the reference again when the drift service has lost it", async () => {
    const target = startSampler();
    await eventually(() => expect(registered()).toHaveLength(1));
    drift.answer = ({ method }) => ({ status: method === "PUT" ? 201 : 404, body: {} });
    offerRows(target, 4);
    await eventually(() => expect(registered().length).toBeGreaterThan(1));
  });

  it("replaces a reference of the same version that has other content", async () => {
    drift.answer = ({ path }) => ({ status: path.includes("replace=true") ? 200 : 409, body: {} });
    startSampler();
    await eventually(() =>
      expect(registered().map(({ path }) => path)).toEqual(["/references/toy-1", "/references/toy-1?replace=true"]),
    );
  });

  it("closes at once when the drift service hangs", async () => {
    drift.answer = () => "hang";
    const target = startSampler();
    await eventually(() => expect(registered()).toHaveLength(1));
    await target.close();
    expect(target.detected).toBe(false);
  });

  it("samples the share it is told", async () => {
    const target = startSampler({ sampleRate: 0, windowRows: 1 });
    offerRows(target, 500);
    startSampler({ sampleRate: 0.5, windowRows: 100_000, registry: new Registry() });
    await eventually(() => expect(registered()).toHaveLength(2));
    await target.close();
    expect(posted()).toHaveLength(0);
  });
});
