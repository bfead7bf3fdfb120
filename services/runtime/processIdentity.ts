import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * When the process of this id started, as an opaque text: with the id it names one process for good, where the id
 * alone may be given again after a reboot. Undefined when there is no such process.
 */
export function processStart(pid: number): string | undefined {
  if (pid <= 0) return undefined;
  try {
    if (process.platform === "linux") return linuxStart(pid);
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Does the process that was recorded still run? A zombie does not. */
export function isRunning(record: { readonly pid: number; readonly processStart: string }): boolean {
  return record.processStart !== "" && processStart(record.pid) === record.processStart;
}

/** Boot id and start tick: proc(5), /proc/[pid]/stat field 22. Field 2 may hold spaces, so fields count from its `)`. */
function linuxStart(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ended = fields[0] === "Z" || fields[0] === "X";
  // The first thread may be gone while others still close the sockets: the process has ended when it is alone.
  if (ended && readdirSync(`/proc/${pid}/task`).length === 1) return undefined;
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${boot}/${fields[19]}`;
}
