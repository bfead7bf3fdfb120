import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { type ResolvedPulumi, resolvePulumi } from "../toolchain/resolve";
import type { CliContext } from "./context";

/** A pulumi to run in the project's folder. */
export interface Pulumi extends ResolvedPulumi {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Captured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Finds pulumi, getting it first if need be, with the variables that a stack needs added to the environment. */
export async function openPulumi(context: CliContext, variables: NodeJS.ProcessEnv): Promise<Pulumi> {
  const pulumi = await resolvePulumi({ env: context.env, report: context.note });
  const env: NodeJS.ProcessEnv = { ...context.env, PULUMI_SKIP_UPDATE_CHECK: "true", ...variables };
  if (pulumi.origin !== "installed") {
    // First on PATH, its own plugins win over those of an older pulumi there, without a warning about it.
    env.PATH = [dirname(pulumi.path), env.PATH].filter(Boolean).join(delimiter);
  }
  return { ...pulumi, cwd: context.projectFolder, env };
}

/** Runs pulumi and keeps what it prints. */
export function capture(pulumi: Pulumi, args: readonly string[]): Promise<Captured> {
  const child = spawn(pulumi.path, args, { cwd: pulumi.cwd, env: pulumi.env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return exitCode(child).then((code) => ({ code, stdout, stderr }));
}

/** Runs pulumi on the user's own terminal and passes Ctrl-C on; returns its exit code, 130 when it was interrupted. */
export async function runOnTerminal(pulumi: Pulumi, args: readonly string[]): Promise<number> {
  const terminal = hasTerminal();
  const { cwd, env } = pulumi;
  const child = spawn(pulumi.path, args, { cwd, env, stdio: "inherit", detached: !terminal });
  const signals = passSignals(child, terminal);
  try {
    const code = await exitCode(child);
    return signals.interrupted() ? 130 : code;
  } finally {
    signals.stop();
  }
}

/**
 * A second interrupt makes pulumi drop everything at once, so exactly one must arrive. A terminal sends Ctrl-C to the
 * whole group, pulumi included; without one, pulumi has a group of its own and hears only what is passed on here.
 */
function passSignals(child: ChildProcess, terminal: boolean): { interrupted: () => boolean; stop: () => void } {
  let interrupted = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (!interrupted && (signal === "SIGTERM" || !terminal)) child.kill("SIGINT");
    interrupted = true;
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return {
    interrupted: () => interrupted,
    stop: () => void process.off("SIGINT", onSignal).off("SIGTERM", onSignal),
  };
}

function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
