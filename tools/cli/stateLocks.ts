import { readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { processStart } from "../../services/runtime/processIdentity";

/**
 * Removes the locks that a killed pulumi (a crash, a power cut) left in a file backend: those that name a process of
 * this host that no longer exists. Without this, `up` after such an end would ask for a `pulumi cancel`.
 */
export function removeStaleLocks(stateFolder: string): void {
  for (const file of lockFiles(join(stateFolder, ".pulumi", "locks"))) {
    const holder = readHolder(file);
    if (holder?.hostname === hostname() && processStart(holder.pid) === undefined) rmSync(file, { force: true });
  }
}

function lockFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((entry) => join(folder, entry));
  } catch {
    return [];
  }
}

function readHolder(file: string): { pid: number; hostname: string } | undefined {
  try {
    const { pid, hostname } = JSON.parse(readFileSync(file, "utf8")) as { pid?: unknown; hostname?: unknown };
    return typeof pid === "number" && typeof hostname === "string" ? { pid, hostname } : undefined;
  } catch {
    return undefined;
  }
}
