import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";

/**
 * A shell that runs a program and kills it when the shell's input ends, which the kernel sees to however the process
 * at the other end of that pipe goes.
 */
const GUARD = `exec 3<&0
"$@" </dev/null 3<&- &
child=$!
{ cat <&3 >/dev/null; kill -9 "$child" 2>/dev/null; } &
wait "$child"`;

/** Lines of a program's log that are shown when it fails. */
const LAST_LINES = 5;

/** A program that cannot outlive this process, its output in a file. */
export class GuardedProcess {
  private readonly ended: Promise<unknown>;

  private constructor(
    private readonly guard: ChildProcess,
    private readonly logFile: string,
  ) {
    this.ended = once(guard, "exit");
    // What is left of the guard waits for its input to end.
    this.ended.then(
      () => guard.stdin?.destroy(),
      () => undefined,
    );
  }

  /** Starts a program in a session of its own, so that Ctrl-C reaches only the process that decides what to do. */
  static start(program: string, args: readonly string[], logFile: string): GuardedProcess {
    const log = openSync(logFile, "a");
    try {
      const guard = spawn("/bin/sh", ["-c", GUARD, "sh", program, ...args], {
        stdio: ["pipe", log, log],
        detached: true,
      });
      // Writing to a guard that has ended is no error: its input only ever ends.
      guard.stdin?.on("error", () => undefined);
      return new GuardedProcess(guard, logFile);
    } finally {
      closeSync(log);
    }
  }

  get running(): boolean {
    return this.guard.exitCode === null && this.guard.signalCode === null;
  }

  /** The last lines that it wrote. */
  lastWords(): string {
    return readFileSync(this.logFile, "utf8").trim().split("\n").slice(-LAST_LINES).join("\n  ");
  }

  /** Kills it; resolves when it is gone. */
  async stop(): Promise<void> {
    this.guard.stdin?.end();
    await this.ended;
  }
}
