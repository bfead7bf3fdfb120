import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { LockHeldError, takeProcessLock } from "../runtime/processLock";

const HALF_MADE = "initialising-";

/** An open database folder. */
export interface DataDirectory {
  readonly database: PGlite;
  /** Closes the database cleanly and gives up the folder. */
  close(): Promise<void>;
}

/** The folder cannot be used. The message says why and what to do. */
export class DataDirectoryError extends Error {
  override readonly name = "DataDirectoryError";
}

/**
 * Opens the database in a folder, making both when absent: `postgres/` holds the cluster, `lock` names the process
 * that has it open. Committed transactions survive kill -9 of the process (the write-ahead log is replayed); PGlite
 * does not fsync, so a power failure may lose the last ones.
 * @throws {DataDirectoryError} when another live process has it open, or the folder cannot be made or read.
 */
export async function openDataDirectory(directory: string): Promise<DataDirectory> {
  const folder = resolve(directory);
  const release = lock(folder);
  try {
    const cluster = join(folder, "postgres");
    if (!existsSync(cluster)) await initialise(folder, cluster);
    const database = await PGlite.create(cluster);
    const close = async () => {
      await database.close();
      release();
    };
    return { database, close };
  } catch (error) {
    release();
    throw new DataDirectoryError(
      `The database in ${folder} does not open: ${(error as Error).message}. If it is damaged, restore the folder from a backup, or move it away to start empty.`,
      { cause: error },
    );
  }
}

function lock(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    return takeProcessLock(join(folder, "lock"));
  } catch (error) {
    if (error instanceof LockHeldError) {
      throw new DataDirectoryError(
        `The data directory ${folder} is already open in process ${error.pid}. Two processes would damage it: stop that one first, or set DATA_DIRECTORY to another folder.`,
      );
    }
    throw new DataDirectoryError(
      `The data directory ${folder} cannot be used: ${(error as Error).message}. DATA_DIRECTORY must be a folder that this user may write.`,
    );
  }
}

/** Makes the cluster beside its place and moves it there whole, so that a kill half-way leaves nothing half-made. */
async function initialise(folder: string, cluster: string): Promise<void> {
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith(HALF_MADE)) rmSync(join(folder, entry), { recursive: true, force: true });
  }
  const fresh = join(folder, `${HALF_MADE}${randomUUID()}`);
  const database = await PGlite.create(fresh);
  await database.close();
  renameSync(fresh, cluster);
}
