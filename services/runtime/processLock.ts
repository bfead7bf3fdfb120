import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { isRunning, processStart } from "./processIdentity";

/** A process by more than its id, which the system gives out again after a while and after every boot. */
interface LockRecord {
  readonly pid: number;
  readonly processStart: string;
  /** Name of the machine. */
  readonly host: string;
}

export interface ProcessLockOptions {
  /**
   * Whether a lock of another machine, whose processes cannot be looked up, is believed. For files that machines share.
   * @default false: a machine may be given another name between two runs
   */
  readonly believeOthers?: boolean;
}

/** The file says that another process, still alive, holds the lock. */
export class LockHeldError extends Error {
  override readonly name = "LockHeldError";

  constructor(
    readonly path: string,
    readonly pid: number,
  ) {
    super(`${path} is held by process ${pid}, which is running`);
  }
}

/**
 * Takes a lock file for this process; the returned function gives it back. A lock whose process has died without
 * giving it back (kill -9, power loss) is taken over.
 * @throws {LockHeldError} while its process lives.
 */
export function takeProcessLock(path: string, { believeOthers = false }: ProcessLockOptions = {}): () => void {
  const id = randomUUID();
  const start = processStart(process.pid) ?? "";
  const mine = JSON.stringify({ id, pid: process.pid, processStart: start, host: hostname() });
  const candidate = `${path}.${id}`;
  writeFileSync(candidate, mine);
  try {
    // A link appears whole or not at all, and never replaces a file.
    while (!tryLink(candidate, path)) {
      const holder = readLock(path);
      const elsewhere = believeOthers && holder !== undefined && holder.host !== hostname();
      if (holder && (elsewhere || isRunning(holder))) throw new LockHeldError(path, holder.pid);
      setAside(path, holder);
    }
  } finally {
    rmSync(candidate, { force: true });
  }
  return () => {
    if (readText(path) === mine) rmSync(path, { force: true });
  };
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a dead process's lock; gives it back if another process took it over in the meantime. */
function setAside(path: string, dead: LockRecord | undefined): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = readLock(aside);
  if (moved?.pid !== dead?.pid || moved?.processStart !== dead?.processStart) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Undefined when there is no such file or it is not a lock (cut short by a full disk, say), which holds nothing. */
function readLock(path: string): LockRecord | undefined {
  try {
    const { pid, processStart, host = hostname() } = JSON.parse(readText(path) ?? "") as Partial<LockRecord>;
    return typeof pid === "number" && typeof processStart === "string" ? { pid, processStart, host } : undefined;
  } catch {
    return undefined;
  }
}
