import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Benchmark } from "../benchmark";
import { ROOT, startOurs } from "./contenders";
import { prepareMaterial } from "./material";
import { type OpenLoopArgs, openLoop } from "./openLoop";
import { quantile } from "./report";

/** Rows of one request: what costs the server much and the generator little, so that one core can send twice as much. */
const ROWS = 64;
const SECONDS = 8;
const PEAK_CONNECTIONS = 64;
const OVERLOAD_CONNECTIONS = 512;
const PROBE_INTERVAL_MS = 20;

/** Asks for the health every so often, on a thread of its own so that the generator's work is not measured with it. */
const PROBE = `
const { parentPort, workerData } = require("node:worker_threads");
const http = require("node:http");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const times = [];
const timer = setInterval(() => {
  const startedAt = performance.now();
  http.get(workerData.url, { agent }, (response) => {
    response.resume().on("end", () => times.push(performance.now() - startedAt));
  });
}, workerData.interval);
parentPort.on("message", () => { clearInterval(timer); agent.destroy(); parentPort.postMessage(times); parentPort.close(); });
`;

/** `npm run bench -- overload`: what is left of the peak, and of the health probe, under twice the capacity. */
export const overloadBenchmark: Benchmark = async (progress) => {
  const folder = mkdtempSync(join(tmpdir(), "tideline-overload-"));
  try {
    const material = await prepareMaterial(ROOT, folder);
    const { server } = await startOurs(ROOT, material);
    try {
      const { features } = JSON.parse(material.bodies[0] ?? "{}") as { features: number[] };
      const data = Array.from({ length: ROWS }, () => features).flat();
      const input = { name: "features", datatype: "FP32", shape: [ROWS, features.length], data };
      const body = JSON.stringify({ inputs: [input] });
      const path = "/v2/models/breast-cancer/infer";
      const base: OpenLoopArgs = {
        ...{ url: server.url, path, body },
        ...{ perSecond: undefined, seconds: SECONDS, connections: PEAK_CONNECTIONS },
      };
      progress("Warming up ...");
      await openLoop({ ...base, seconds: 3 });
      const cpuBefore = server.cpuSeconds();
      const peak = (await openLoop(base)).answered / SECONDS;
      const cpuAtPeak = since(server.cpuSeconds(), cpuBefore);
      progress(`Peak: ${peak.toFixed(0)} requests/s of ${ROWS} rows. Now twice as many ...`);
      const health = startProbe(`${server.url}/health/ready`);
      const cpuMeanwhile = server.cpuSeconds();
      const over = await openLoop({ ...base, perSecond: peak * 2, connections: OVERLOAD_CONNECTIONS });
      const cpuOverloaded = since(server.cpuSeconds(), cpuMeanwhile);
      const probes = await health.stop();
      const report = {
        rows: ROWS,
        peak_per_second: round(peak),
        offered_per_second: round(peak * 2),
        goodput_per_second: round(over.answered / SECONDS),
        goodput_of_peak: round(over.answered / SECONDS / peak),
        server_cpu_at_peak: round(cpuAtPeak / SECONDS),
        server_cpu_overloaded: round(cpuOverloaded / SECONDS),
        // What counts where other work takes the processor away now and then.
        goodput_of_peak_per_core_second: round(over.answered / cpuOverloaded / ((peak * SECONDS) / cpuAtPeak)),
        refused_per_second: round(over.refused / SECONDS),
        refused_with_retry_after: over.withRetryAfter,
        unsent_per_second: round(over.unsent / SECONDS),
        answer_p50_ms: round(quantile(over.answerMs, 0.5)),
        answer_p99_ms: round(quantile(over.answerMs, 0.99)),
        refusal_p50_ms: round(quantile(over.refusalMs, 0.5)),
        refusal_p99_ms: round(quantile(over.refusalMs, 0.99)),
        health_p50_ms: round(quantile(probes, 0.5)),
        health_p99_ms: round(quantile(probes, 0.99)),
        health_probes: probes.length,
      };
      const lines = Object.entries(report).map(([name, value]) => `${name.replaceAll("_", " ")}: ${value}`);
      return { report, text: lines.join("\n") };
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Processor seconds used; NaN where the system does not tell. */
function since(now: number | undefined, before: number | undefined): number {
  return (now ?? Number.NaN) - (before ?? Number.NaN);
}

function startProbe(url: string): { stop(): Promise<number[]> } {
  const worker = new Worker(PROBE, { eval: true, workerData: { url, interval: PROBE_INTERVAL_MS } });
  return {
    stop: () =>
      new Promise((resolve, reject) => {
        worker.once("message", resolve).once("error", reject);
        worker.postMessage("stop");
      }),
  };
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
