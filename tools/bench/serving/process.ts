import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { BenchmarkError } from "../benchmark";

/** A server under test, listening on the loopback address. */
export interface BenchServer {
  readonly url: string;
  readonly pid: number;
  /** Processor seconds that the process has used so far, all threads; undefined where the system does not tell. */
  cpuSeconds(): number | undefined;
  stop(): Promise<void>;
}

export interface StartServerArgs {
  readonly name: string;
  /** The command and its arguments, for a free port. */
  readonly command: (port: number) => readonly [string, ...string[]];
  readonly environment?: (port: number) => Readonly<Record<string, string>>;
  /** Path that answers 200 once the server is ready. */
  readonly readyPath: string;
}

/** The core of the servers and the core of the load generator; undefined where processes cannot be pinned. */
export const CORES = canPin() ? { server: "0", generator: "1" } : undefined;

const READY_SECONDS = 60;
const STOP_SECONDS = 10;

/**
 * Starts a server on a free port, alone on the servers' core where processes can be pinned, and waits until it is ready.
 * @throws {BenchmarkError} with the last lines of its output when it ends or is not ready in time.
 */
export async function startServer({ name, command, environment, readyPath }: StartServerArgs): Promise<BenchServer> {
  const port = await freePort();
  const [program, ...args] = pinned(command(port), CORES?.server);
  const child = spawn(program, args, {
    env: { ...process.env, ...environment?.(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const tail = keepTail(child);
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(child, `${url}${readyPath}`);
  } catch (error) {
    await stop(child);
    throw new BenchmarkError(`${name} did not start: ${(error as Error).message}. Its last words:\n${tail()}`);
  }
  const pid = child.pid ?? 0;
  return { url, pid, cpuSeconds: () => cpuSeconds(pid), stop: () => stop(child) };
}

/** Prefixes a command so that it and its threads stay on one core. */
export function pinned(command: readonly [string, ...string[]], core: string | undefined): [string, ...string[]] {
  return core === undefined ? [...command] : ["taskset", "-c", core, ...command];
}

function canPin(): boolean {
  return spawnSync("taskset", ["-c", "0,1", "true"]).status === 0 && coreCount() > 1;
}

function coreCount(): number {
  return Number(execFileSync("nproc", { encoding: "utf8" }));
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("A TCP server has an address with a port.");
  return address.port;
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  const deadline = Date.now() + READY_SECONDS * 1000;
  while (Date.now() < deadline) {
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`it ended with ${child.signalCode ?? `exit code ${child.exitCode}`}`);
    }
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await delay(50);
  }
  throw new Error(`${url} did not answer 200 within ${READY_SECONDS} s`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const killing = setTimeout(() => child.kill("SIGKILL"), STOP_SECONDS * 1000);
  await ended;
  clearTimeout(killing);
}

function keepTail(child: ChildProcess): () => string {
  let text = "";
  const keep = (chunk: Buffer) => {
    text = `${text}${chunk}`.slice(-2000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  return () => text.trim();
}

/**
 * Of a process and those that it started. From /proc/PID/stat (proc(5)): fields 14 and 15 are user and system time in
 * ticks of 10 ms.
 */
function cpuSeconds(pid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const own = (Number(fields[11]) + Number(fields[12])) / 100;
    return children.reduce((sum, child) => sum + (cpuSeconds(Number(child)) ?? 0), own);
  } catch {
    return undefined;
  }
}
