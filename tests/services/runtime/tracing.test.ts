import { parseTraceHeaders, startTracing } from "../../../services/runtime/tracing";
import { silentLog } from "../../support/serving";
import { startTraceCollector, type TraceCollector } from "../../support/traceCollector";

let collector: TraceCollector;
beforeEach(async () => {
  collector = await startTraceCollector();
});
afterEach(() => collector.close());

const tracing = (ratio: number, endpoint = collector.url) =>
  startTracing({
    ...{ endpoint, ratio, headers: { "x-token": "t" }, log: silentLog },
    ...{ serviceName: "sample", serviceVersion: "1" },
  });
const CALLER = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", tracestate: "a=b" };

it("continues the caller's trace, and sends spans with the service's name and the headers given", async () => {
  const traces = await tracing(0);
  traces.serverSpan("POST /x", CALLER, { "http.route": "/x" }).end();
  await traces.close();
  expect(collector.spans).toEqual([
    expect.objectContaining({
      name: "POST /x",
      traceId: "0af7651916cd43dd8448eb211c80319c",
      parentSpanId: "b7ad6b7169203331",
      attributes: { "http.route": "/x" },
      resource: { "service.name": "sample", "service.version": "1" },
    }),
  ]);
  expect(collector.headers[0]).toMatchObject({ url: "/v1/traces", "x-token": "t" });
});

it("begins a trace of its own at the ratio given, and passes on whether it is kept", async () => {
  const [all, none] = [await tracing(1), await tracing(0)];
  const kept = all.serverSpan("a", {}, {});
  const dropped = none.serverSpan("b", { traceparent: "not one" }, {});
  expect(all.headersOf(kept).traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(none.headersOf(dropped).traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  kept.end();
  dropped.end();
  await Promise.all([all.close(), none.close()]);
  expect(collector.spans.map(({ name }) => name)).toEqual(["a"]);
});

it("tells other services of the request's span, and marks one that failed", async () => {
  const traces = await tracing(1);
  const told = await traces.clientSpan("ask", async ({ traceparent }) => traceparent);
  await expect(traces.clientSpan("fail", () => Promise.reject(new Error("Away.")))).rejects.toThrow("Away.");
  await traces.close();
  const [asked, failed] = collector.spans;
  expect(told).toBe(`00-${asked?.traceId}-${asked?.spanId}-01`);
  expect([failed?.name, failed?.status.code]).toEqual(["fail", 2]);
});

it("goes on without a collector", async () => {
  const traces = await tracing(1, "http://127.0.0.1:9");
  traces.serverSpan("a", {}, {}).end();
  await traces.close();
});

it.each([
  ["authorization=Bearer%20x, A-b=", { authorization: "Bearer x", "a-b": "" }],
  ["", undefined],
  ["a", undefined],
  ["a=%zz", undefined],
])("reads the headers %j", (text, headers) => {
  expect(parseTraceHeaders(text)).toEqual(headers);
});
