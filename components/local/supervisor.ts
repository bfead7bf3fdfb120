import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, processStart } from "../../services/runtime/processIdentity";
import { type RunRecord, readRecord, removeRecord, writeRecord } from "./runRecord";

/** How one service runs as a process of this machine. */
export interface ProcessSpec {
  readonly name: string;
  /** Folder that holds `run/` and `logs/`. */
  readonly home: string;
  /** Program, a file that node runs. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly host: string;
  readonly port: number;
  /** That it listens on beside `port`; they accept connections when it is ready. @default none */
  readonly furtherPorts?: readonly number[];
  readonly protocol: "http" | "postgres";
  /** HTTP path that answers 200 when ready, or null where accepting a connection is enough. */
  readonly health: string | null;
  readonly readySeconds: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly drainSeconds: number;
}

const LOG_LIMIT_BYTES = 10 << 20;

/** A start that failed; the message carries the service's last log lines. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/**
 * Starts the service detached, its output in a log file, and waits until it is ready. A process of that name that an
 * interrupted run left behind is stopped first. On failure nothing is left running.
 * @throws {StartError} when the port is taken, the process ends, or it is not ready in time.
 */
export async function start(spec: ProcessSpec): Promise<RunRecord> {
  await stop(spec.home, spec.name, spec.drainSeconds);
  const { furtherPorts = [] } = spec;
  for (const port of [spec.port, ...furtherPorts]) {
    const problem = await portProblem(spec.host, port);
    if (problem) throw new StartError(`The ${spec.name} service cannot start: ${problem}`);
  }
  const logFile = openLog(spec.home, spec.name);
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, [spec.file], {
    detached: true,
    stdio: ["ignore", log, log],
    env: spec.environment,
    cwd: spec.home,
  });
  closeSync(log);
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", (code, signal) => {
    ended = signal ? `it was ended by ${signal}` : `it exited with code ${code}`;
  });
  child.unref();
  if (child.pid === undefined)
    throw new StartError(`The ${spec.name} service cannot start: ${process.execPath} cannot be run.`);
  const record: RunRecord = {
    name: spec.name,
    pid: child.pid,
    processStart: processStart(child.pid) ?? "",
    startedAt: new Date().toISOString(),
    port: spec.port,
    ...(furtherPorts.length === 0 ? {} : { furtherPorts: [...furtherPorts] }),
    url: `${spec.protocol}://${spec.host}:${spec.port}`,
    logFile,
    health: spec.health,
  };
  writeRecord(spec.home, record);
  const deadline = Date.now() + spec.readySeconds * 1000;
  while (ended === undefined && Date.now() < deadline) {
    if (await isReady(record)) return record;
    await sleep(50);
  }
  const reason = ended ?? `it was not ready within ${spec.readySeconds} seconds`;
  await stop(spec.home, spec.name, 0);
  throw new StartError(
    `The ${spec.name} service did not start: ${reason}. The end of ${logFile}:\n${lastLines(logFile, 15)}`,
  );
}

/**
 * Stops the recorded process of that name, if it still is the one that was started: SIGTERM, up to `drainSeconds`
 * for requests in flight, then SIGKILL; then forgets it. Stopping what does not run is no error.
 */
export async function stop(home: string, name: string, drainSeconds: number): Promise<void> {
  const record = readRecord(home, name);
  if (!record) return;
  if (isRunning(record)) {
    signal(record.pid, "SIGTERM");
    await ends(record, drainSeconds * 1000);
    if (isRunning(record)) {
      signal(record.pid, "SIGKILL");
      await ends(record, 5000);
    }
  }
  removeRecord(home, name);
}

/** Is the recorded process alive and does it answer? */
export async function isHealthy(home: string, name: string): Promise<boolean> {
  const record = readRecord(home, name);
  return record !== undefined && isRunning(record) && (await isReady(record));
}

/** Why the port cannot be listened on, or undefined when it is free. */
export function portProblem(host: string, port: number): Promise<string | undefined> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is in use by another process" : `cannot be used (${error.code})`;
      settle(`port ${port} on ${host} ${reason}. Free it, or choose another port in the stack's configuration.`);
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => settle(undefined)));
  });
}

async function isReady(record: RunRecord): Promise<boolean> {
  const { hostname } = new URL(record.url);
  for (const port of record.furtherPorts ?? []) if (!(await accepts(hostname, port))) return false;
  if (record.health === null) return accepts(hostname, record.port);
  try {
    const answer = await fetch(`http://${hostname}:${record.port}${record.health}`, {
      signal: AbortSignal.timeout(2000),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (accepted: boolean) => {
      socket.destroy();
      settle(accepted);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  // 0, 1 and negative ids mean groups, init or everything there is; a record that says so is damaged.
  if (pid <= 1) return;
  try {
    // The negative id is the process group: a detached child leads its own, with whatever it started.
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function ends(record: RunRecord, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (isRunning(record) && Date.now() < deadline) await sleep(25);
}

/** Makes the log's folder; a log over the limit becomes `.1`, so that logs stay bounded over restarts. */
function openLog(home: string, name: string): string {
  const folder = join(home, "logs");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.log`);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) {
    rmSync(`${file}.1`, { force: true });
    renameSync(file, `${file}.1`);
  }
  return file;
}

/** The last lines of a text file, each cut to 500 characters. */
export function lastLines(file: string, count: number): string {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n").slice(-count);
  return lines.map((line) => `  ${line.length > 500 ? `${line.slice(0, 500)}...` : line}`).join("\n");
}
