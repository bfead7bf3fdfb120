import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import autocannon from "autocannon";
import { BenchmarkError } from "../benchmark";
import { CORES, pinned } from "./process";
import type { Round } from "./report";

/** Sends the bodies in turn to a URL, each connection waiting for its answer before the next request. */
export interface LoadGenerator {
  readonly name: string;
  run(args: LoadArgs): Promise<LoadFigures>;
}

/** What the generator saw, over how many seconds of load. */
export interface LoadFigures extends Omit<Round, "serverCpu"> {
  readonly seconds: number;
}

export interface LoadArgs {
  readonly url: string;
  readonly seconds: number;
  readonly connections: number;
  /** File with one JSON body a line, as wrk reads it. */
  readonly bodiesFile: string;
  readonly bodies: readonly string[];
  /** Path of the script for wrk. */
  readonly wrkScript: string;
}

/** wrk when it is on PATH, since it costs a fraction of what a server in JavaScript does; autocannon otherwise. */
export function chooseGenerator(): LoadGenerator {
  if (spawnSync("wrk", ["-v"]).error === undefined) return wrk;
  // autocannon runs in this process, which therefore moves to the generator's core with all its threads.
  if (CORES) spawnSync("taskset", ["-a", "-p", "-c", CORES.generator, String(process.pid)]);
  return inProcess;
}

const wrk: LoadGenerator = {
  name: "wrk, 1 thread",
  async run({ url, seconds, connections, bodiesFile, wrkScript }) {
    const options = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", wrkScript, url];
    const [program, ...args] = pinned(["wrk", ...options], CORES?.generator);
    const { stdout } = await promisify(execFile)(program, args, { env: { ...process.env, BODIES: bodiesFile } });
    return parseWrk(stdout, url);
  },
};

const inProcess: LoadGenerator = {
  name: "autocannon",
  async run({ url, seconds, connections, bodies }) {
    const { requests, latency, errors, non2xx, duration } = await autocannon({
      url,
      connections,
      duration: seconds,
      method: "POST",
      headers: { "content-type": "application/json" },
      requests: bodies.map((body) => ({ body })),
    });
    refuseErrors(errors + non2xx, url);
    return { requestsPerSecond: requests.average, p50: latency.p50, p99: latency.p99, seconds: duration };
  },
};

/**
 * Reads the line that our script for wrk prints last: requests, seconds, p50 and p99 in microseconds, errors.
 * @throws {BenchmarkError} when a request failed: a server that answers errors quickly must not look fast.
 */
export function parseWrk(output: string, url: string): LoadFigures {
  const line = output.split("\n").find((text) => text.startsWith("tideline "));
  if (line === undefined) throw new BenchmarkError(`wrk printed no result for ${url}:\n${output}`);
  const [requests = 0, microseconds = 0, p50 = 0, p99 = 0, errors = 0] = line.split(" ").slice(1).map(Number);
  refuseErrors(errors, url);
  const seconds = microseconds / 1e6;
  return { requestsPerSecond: requests / seconds, p50: p50 / 1000, p99: p99 / 1000, seconds };
}

function refuseErrors(errors: number, url: string): void {
  if (errors > 0) throw new BenchmarkError(`${errors} requests to ${url} failed; no figure is reported for failures.`);
}
