import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { type RunRecord, readRecord } from "../../components/local/runRecord";
import { isRunning } from "../../services/runtime/processIdentity";

/** A local service as it is now. */
export interface LocalService {
  readonly name: string;
  /** `unhealthy`: its process runs but does not answer as it should. */
  readonly state: "running" | "unhealthy" | "stopped";
  readonly url: string;
  readonly logFile: string;
  /** Absent when it is stopped. */
  readonly pid?: number;
  /** Seconds since its start; absent when it is stopped. */
  readonly uptimeSeconds?: number;
}

const PROBE_TIMEOUT_MS = 2_000;

/** Every service that has a run record below `home`, sorted by name, with its process looked up and its health asked. */
export async function readServices(home: string): Promise<LocalService[]> {
  const records = listFiles(join(home, "run"), ".json").flatMap((name) => readRecord(home, name) ?? []);
  return Promise.all(records.map(inspect));
}

/** Names of services that have a run record or a log, sorted. */
export function knownServices(home: string): string[] {
  return [...new Set([...listFiles(join(home, "run"), ".json"), ...listFiles(join(home, "logs"), ".log")])].sort();
}

/** Where a service's log is, whether it runs or not. */
export function logFileOf(home: string, name: string): string {
  return readRecord(home, name)?.logFile ?? join(home, "logs", `${name}.log`);
}

function listFiles(folder: string, extension: string): string[] {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith(extension));
    return files.map((file) => file.slice(0, -extension.length)).sort();
  } catch {
    return [];
  }
}

async function inspect(record: RunRecord): Promise<LocalService> {
  const { name, url, logFile, pid, startedAt } = record;
  if (!isRunning(record)) return { name, state: "stopped", url, logFile };
  const uptimeSeconds = Math.max(0, Math.round((Date.now() - Date.parse(startedAt)) / 1000));
  const state = (await answers(record)) ? "running" : "unhealthy";
  return { name, state, url, logFile, pid, uptimeSeconds };
}

async function answers({ url, health }: RunRecord): Promise<boolean> {
  try {
    if (health === null) return await accepts(new URL(url));
    const response = await fetch(new URL(health, url), { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function accepts({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: PROBE_TIMEOUT_MS });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}
