import { createDriftClient, UnknownReferenceError } from "../../../services/serving/driftClient";
import { type DriftServer, driftReport, startDriftServer } from "../../support/driftServer";

const signal = new AbortController().signal;
let drift: DriftServer;
beforeAll(async () => {
  drift = await startDriftServer();
});
afterAll(() => drift.close());

describe("createDriftClient", () => {
  const columns = { 'mean "radius"': [1, 2.5], b: [0, -1e-9] };

  it("names the reference in the path, whatever the base URL ends with", async () => {
    expect(await createDriftClient(`${drift.url}//`, "a/b-1").register(columns, signal)).toEqual({ replaced: false });
    expect(drift.requests.at(-1)).toEqual({ method: "PUT", path: "/references/a%2Fb-1", body: { columns } });
  });

  it("reads the verdict and leaves the rest", async () => {
    expect(await createDriftClient(drift.url, "m-1").detect(columns, signal)).toEqual({
      drift_detected: false,
      drift_score: 0.1,
      features_affected: [],
      columns: { f0: { statistic: 0.05 } },
    });
    expect(drift.requests.at(-1)?.body).toEqual({ reference_id: "m-1", columns });
  });

  it("tells an unknown reference from other refusals", async () => {
    const client = createDriftClient(drift.url, "m-1");
    drift.answer = () => ({ status: 404, body: {} });
    await expect(client.detect(columns, signal)).rejects.toBeInstanceOf(UnknownReferenceError);
    drift.answer = () => ({ status: 422, body: { error: { code: "x" } } });
    await expect(client.detect(columns, signal)).rejects.toThrow(
      `The drift service answered 422 to ${drift.url}/detect-drift: {"error":{"code":"x"}}`,
    );
    await expect(client.register(columns, signal)).rejects.toThrow("The drift service answered 422");
  });

  it("does not take a verdict for one that is none", async () => {
    drift.answer = () => ({ status: 200, body: { ...driftReport(true), drift_detected: "yes" } });
    await expect(createDriftClient(drift.url, "m-1").detect(columns, signal)).rejects.toThrow("drift_detected");
  });
});
