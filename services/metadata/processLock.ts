import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isRunning, processStart } from "../runtime/processIdentity";

/** A process by more than its id, which the system gives out again after a while and after every boot. */
interface LockRecord {
  readonly pid: number;
  readonly processStart: string;
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
export function takeProcessLock(path: string): () => void {
  const mine = JSON.stringify({ pid: process.pid, processStart: processStart(process.pid) ?? "" } satisfies LockRecord);
  const candidate = `${path}.${randomUUID()}`;
  writeFileSync(candidate, mine);
  try {
    // A link appears whole or not at all, and never replaces a file.
    while (!tryLink(candidate, path)) {
      const holder = readLock(path);
      if (holder && isRunning(holder)) throw new LockHeldError(path, holder.pid);
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
    const { pid, processStart } = JSON.parse(readText(path) ?? "") as Partial<LockRecord>;
    return typeof pid === "number" && typeof processStart === "string" ? { pid, processStart } : undefined;
  } catch {
    return undefined;
  }
}
