import { Counter, Gauge, Registry } from "prom-client";
import { Distribution } from "../../../services/runtime/distribution";
import { openMetricsText } from "../../../services/runtime/openMetrics";

it("writes counters, gauges and histograms with exemplars, and joins metrics of one name", async () => {
  const registries = ["1", "2"].map((version) => {
    const registry = new Registry();
    const registers = [registry];
    new Counter({ name: "asked_total", help: "Requests", labelNames: ["version"], registers }).inc({ version }, 3);
    new Distribution({ name: "seconds", help: "Time", buckets: [0.1, 1], labels: { version }, registry });
    return registry;
  });
  const [first] = registries;
  if (first === undefined) throw new Error("There are two.");
  new Gauge({ name: "queue", help: 'Rows "here"\nnow', registers: [first] }).set(Number.POSITIVE_INFINITY);
  new Counter({ name: "nv_count", help: "Rows", registers: [first] }).inc(2);
  const seconds = first.getSingleMetric("seconds") as unknown as Distribution;
  seconds.observe(0.05);
  seconds.observe(0.5, "0af7651916cd43dd8448eb211c80319c");
  const text = (await openMetricsText(registries)).replace(/ \d{10}(\.\d+)?$/gm, " NOW");
  expect(text.split("\n")).toEqual([
    "# HELP asked Requests",
    "# TYPE asked counter",
    'asked_total{version="1"} 3',
    'asked_total{version="2"} 3',
    "# HELP seconds Time",
    "# TYPE seconds histogram",
    'seconds_bucket{version="1",le="0.1"} 1',
    'seconds_bucket{version="1",le="1"} 2 # {trace_id="0af7651916cd43dd8448eb211c80319c"} 0.5 NOW',
    'seconds_bucket{version="1",le="+Inf"} 2',
    'seconds_sum{version="1"} 0.55',
    'seconds_count{version="1"} 2',
    'seconds_bucket{version="2",le="0.1"} 0',
    'seconds_bucket{version="2",le="1"} 0',
    'seconds_bucket{version="2",le="+Inf"} 0',
    'seconds_sum{version="2"} 0',
    'seconds_count{version="2"} 0',
    '# HELP queue Rows \\"here\\"\\nnow',
    "# TYPE queue gauge",
    "queue +Inf",
    "# HELP nv_count Rows",
    "# TYPE nv_count unknown",
    "nv_count 2",
    "# EOF",
    "",
  ]);
});
