import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, processStart } from "../../services/runtime/processIdentity";

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly processStart: string;
  readonly host: string;
}

export interface LockOptions {
  /** Called once, before waiting, with the id of the process that holds the lock. */
  readonly onWait: (pid: number) => void;
  /** Milliseconds between two tries. @default 500 */
  readonly pollMs?: number;
}

/**
 * Runs `work` while no other process on this machine holds the same lock file, waiting for its turn. The lock of a
 * process that ended without giving it back is taken over. The lock spares work, it does not guard data: whoever holds
 * it must still publish its result in one step, because a takeover may, in a narrow window, let two in.
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const { onWait, pollMs = 500 } = options;
  mkdirSync(dirname(file), { recursive: true });
  const own: Holder = {
    id: randomUUID(),
    pid: process.pid,
    processStart: processStart(process.pid) ?? "",
    host: hostname(),
  };
  let announced = false;
  while (!tryAcquire(file, own)) {
    const holder = readHolder(file);
    if (holder === undefined || isStale(holder)) {
      discard(file, own.id);
    } else {
      if (!announced) onWait(holder.pid);
      announced = true;
      await sleep(pollMs);
    }
  }
  try {
    return await work();
  } finally {
    if (readHolder(file)?.id === own.id) rmSync(file, { force: true });
  }
}

/** A link fails when the name exists and is never seen half written, unlike a file opened for exclusive creation. */
function tryAcquire(file: string, own: Holder): boolean {
  const draft = `${file}.${own.id}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** A holder on another host (a shared home folder) cannot be looked up, so it is believed. */
function isStale(holder: Holder): boolean {
  return holder.host === hostname() && !isRunning(holder);
}

/** Of several processes that discard the same lock, the rename lets one succeed. */
function discard(file: string, id: string): void {
  try {
    renameSync(file, `${file}.${id}.stale`);
    rmSync(`${file}.${id}.stale`, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
