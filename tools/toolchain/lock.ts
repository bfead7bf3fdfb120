import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LockHeldError, takeProcessLock } from "../../services/runtime/processLock";

export interface LockOptions {
  /** Called once, before waiting, with the id of the process that holds the lock. */
  readonly onWait: (pid: number) => void;
  /** Milliseconds between two tries. @default 500 */
  readonly pollMs?: number;
}

/**
 * Runs `work` while no other process holds the same lock file, waiting for its turn. The lock of a process of this
 * machine that ended without giving it back is taken over. The lock spares work, it does not guard data: whoever holds
 * it must still publish its result in one step, because a takeover may, in a narrow window, let two in.
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const release = await takeTurn(file, options);
  try {
    return await work();
  } finally {
    release();
  }
}

async function takeTurn(file: string, { onWait, pollMs = 500 }: LockOptions): Promise<() => void> {
  for (let announced = false; ; announced = true) {
    try {
      return takeProcessLock(file, { believeOthers: true });
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw error;
      if (!announced) onWait(error.pid);
    }
    await sleep(pollMs);
  }
}
