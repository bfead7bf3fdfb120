import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** How a command ended. */
export interface CliResult {
  /** Exit code, or the signal that ended it. */
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Folder to run in, which decides the project; @default this repository */
  readonly cwd?: string;
  /** Variables on top of this process's own; undefined removes one. */
  readonly env?: NodeJS.ProcessEnv;
  /** Sees the process as it starts, for tests that interrupt it. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs `npm run <command> -- <args>` without npm's own part, in a process group of its own. */
export function runCli(
  args: readonly string[],
  { cwd = root, env = {}, onStart }: CliOptions = {},
): Promise<CliResult> {
  const tsx = require.resolve("tsx/cli");
  const child = spawn(process.execPath, [tsx, join(root, "tools", "cli", "main.ts"), ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  onStart?.(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
  });
}
