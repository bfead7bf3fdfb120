import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../toolchain/lock";
import type { Live } from "./resourceType";

/** A resource as its cloud's file keeps it. */
export interface StoredResource extends Live {
  readonly account: string;
  readonly region: string;
  /** The `sequence` that it was made with. */
  readonly sequence: number;
  /** Simulated second of its creation. */
  readonly createdAt: number;
}

/** All of one simulated cloud. */
export interface WorldState {
  /** Creations so far. */
  readonly sequence: number;
  /** Simulated seconds since the cloud began; every operation takes one. */
  readonly clock: number;
  /** Simulated seconds that callers waited until something new could be used. */
  readonly waited: number;
  readonly resources: readonly StoredResource[];
}

const EMPTY: WorldState = { sequence: 0, clock: 0, waited: 0, resources: [] };
const EXTENSION = ".cloud.json";

/** Milliseconds between two tries for the lock; the holder needs it for a few. */
const LOCK_POLL_MS = 3;

/**
 * A simulated cloud in one JSON file, shared by all plugin processes of a rehearsal (the engine starts one for every
 * provider). Each change is written aside and renamed, so a process may be killed at any moment: the file holds either
 * the state before or the state after.
 */
export class World {
  private readonly file: string;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly folder: string,
    name: string,
  ) {
    this.file = join(folder, `${name}${EXTENSION}`);
  }

  read(): WorldState {
    return readState(this.file);
  }

  /** Replaces the state by what `step` returns, or leaves it when `step` throws, alone among all processes. */
  change<T>(step: (state: WorldState) => { readonly state: WorldState; readonly result: T }): Promise<T> {
    // Calls of one process queue here, so that only processes contend for the lock.
    const turn = this.tail.then(() => {
      mkdirSync(this.folder, { recursive: true });
      return withLock(`${this.file}.lock`, { onWait: () => {}, pollMs: LOCK_POLL_MS }, async () => {
        const { state, result } = step(this.read());
        writeFileSync(`${this.file}.draft`, JSON.stringify(state));
        renameSync(`${this.file}.draft`, this.file);
        return result;
      });
    });
    this.tail = turn.catch(() => undefined);
    return turn;
  }
}

/** Every cloud of a rehearsal's folder, by name. */
export function readWorlds(folder: string): Record<string, WorldState> {
  const names = readdirSync(folder).filter((file) => file.endsWith(EXTENSION));
  return Object.fromEntries(
    names.sort().map((file) => [file.slice(0, -EXTENSION.length), readState(join(folder, file))]),
  );
}

function readState(file: string): WorldState {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as WorldState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return EMPTY;
    throw error;
  }
}
