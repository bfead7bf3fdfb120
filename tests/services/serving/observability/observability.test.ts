/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { Writable } from "node:stream";
import { pino } from "pino";
import { readEnvironment } from "../../../../services/runtime/environment";
import { sha256 } from "../../../../services/runtime/modelPackage";
import { servingService } from "../../../../services/serving/service";
import { type RunningServing, startServing } from "../../../../services/serving/serving";
import { createInferenceClient } from "../../../support/inferenceClient";
import { classifierPackage, publishPackage } from "../../../support/onnxModels";
import { post } from "../../../support/serving";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { startTraceCollector } from "../../../support/traceCollector";

const folder = temporaryFolder();
const FEATURES = JSON.stringify({ features: [1, 2, 3] });
const INPUT = { name: "features", datatype: "FP32" };
const infer = (rows: number) =>
  JSON.stringify({ inputs: [{ ...INPUT, shape: [rows, 3], data: new Array(rows * 3).fill(1) }] });
let OBJECT_STORE_URL: string;
beforeAll(async () => {
  OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3));
});

async function serving(variables: Record<string, string>, body: (service: RunningServing) => Promise<void>) {
  const lines: Record<string, unknown>[] = [];
  const write = (line: Buffer, _: unknown, done: () => void) => {
    lines.push(JSON.parse(line.toString()));
    done();
  };
  const environment = readEnvironment(servingService, { MODEL_NAME: "toy", PORT: "0", OBJECT_STORE_URL, ...variables });
  const service = await startServing({ environment, log: pino({ level: "warn" }, new Writable({ write })) });
  try {
    await body(service);
  } finally {
    await service.close();
  }
  return lines;
}

it("audits who asked what of which model, how much and how it ended, and nothing of the payload", async () => {
  const variables = { AUDIT_LOG: "on", API_KEYS: `app:${sha256(Buffer.from("secret"))}`, GRPC_PORT: "0" };
  const key = { "x-api-key": "secret" };
  const lines = await serving(variables, async ({ url, grpcAddress }) => {
    await post(`${url}/predict`, FEATURES, key);
    await post(`${url}/predict/`, FEATURES, key);
    await post(`${url}/predict`, '{"features":[987654]}', key);
    await post(`${url}/predict`, FEATURES, { "x-api-key": "guess-987654" });
    await post(`${url}/v2/models/toy/infer`, infer(5), key);
    await post(`${url}/v2/models/absent/infer`, infer(1), key);
    await fetch(`${url}/health`);
    await fetch(`${url}/metrics`);
    const client = createInferenceClient(grpcAddress ?? "");
    const raw = [Buffer.from(new Float32Array(6).buffer)];
    const call = { model_name: "toy", inputs: [{ ...INPUT, shape: [2, 3] }], raw_input_contents: raw };
    await client.call("ModelInfer", call, undefined, key);
    await client.call("ServerLive", {});
    await client.call("ModelReady", { name: "toy" });
    client.close();
  });
  const known = { caller: "key:app", model: "toy", version: "1" };
  const summary = lines.map(({ level: _, time: __, pid: ___, hostname: ____, msg, log, ms, ...line }) => {
    expect([msg, log, typeof ms]).toEqual(["audit", "audit", "number"]);
    return line;
  });
  expect(summary).toEqual([
    { ...known, rows: 1, status: 200, route: "POST /predict" },
    { ...known, rows: 1, status: 200, route: "POST /predict" },
    { ...known, rows: 1, status: 400, route: "POST /predict" },
    { ...known, caller: "refused", rows: 1, status: 401, route: "POST /predict" },
    { ...known, rows: 5, status: 200, route: "POST /v2/models/:model/infer" },
    { caller: "key:app", status: 404, route: "POST /v2/models/:model/infer" },
    { ...known, rows: 2, status: "OK", route: "grpc ModelInfer" },
    { caller: "refused", status: "UNAUTHENTICATED", route: "grpc ModelReady" },
  ]);
  expect(JSON.stringify(lines)).not.toContain("987654");
});

it("traces requests below their callers' spans, and points from the latency's buckets to them", async () => {
  const collector = await startTraceCollector();
  const trace = "0af7651916cd43dd8448eb211c80319c";
  const traceparent = `00-${trace}-b7ad6b7169203331-01`;
  await serving({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, GRPC_PORT: "0" }, async ({ url, grpcAddress }) => {
    const { headers } = await post(`${url}/predict`, FEATURES, { traceparent });
    expect(headers.traceparent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    await post(`${url}/v2/models/toy/infer`, infer(3), { traceparent });
    await post(`${url}/predict`, "{}", { traceparent });
    const client = createInferenceClient(grpcAddress ?? "");
    await client.call("ModelReady", { name: "toy" }, undefined, { traceparent });
    client.close();
    const accept = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
    const metrics = await fetch(`${url}/metrics`, { headers: { accept } });
    expect(metrics.headers.get("content-type")).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
    const text = await metrics.text();
    expect(text).toMatch(
      /^prediction_latency_seconds_bucket\{.*\} \d+ # \{trace_id="0af7651916cd43dd8448eb211c80319c"\} /m,
    );
    expect(text).toMatch(/# EOF\n$/);
    expect(await (await fetch(`${url}/metrics`)).text()).not.toContain("trace_id");
  });
  await collector.close();
  expect(
    collector.spans.map(({ name, traceId, attributes }) => [name, traceId, attributes["tideline.status"]]),
  ).toEqual([
    ["POST /predict", trace, 200],
    ["POST /v2/models/:model/infer", trace, 200],
    ["POST /predict", trace, 400],
    ["grpc ModelReady", trace, "OK"],
  ]);
  expect(collector.spans[1]).toMatchObject({
    parentSpanId: "b7ad6b7169203331",
    attributes: {
      "tideline.model": "toy",
      "tideline.version": "1",
      "tideline.rows": 3,
      "tideline.caller": "anonymous",
    },
  });
});
