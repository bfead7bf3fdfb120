import { spawn } from "node:child_process";
import { ToolchainError } from "./errors";

export interface GoBuildArgs {
  /** Path of the go command. */
  readonly go: string;
  readonly env: NodeJS.ProcessEnv;
  readonly report: (line: string) => void;
  /** Milliseconds between two signs of life while the compiler runs. @default 5000 */
  readonly progressMs?: number;
  /** Folder with a copy of the go.mod and go.sum that pin the sources. */
  readonly work: string;
  /** What `go build -o` gets: a file for one package, a folder for several. */
  readonly output: string;
  readonly packages: readonly string[];
  /** Go variables set while linking: full name to value. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Compiles pinned packages from the Go module proxy.
 * @throws {ToolchainError} with the compiler's last words when the build fails
 */
export function goBuild(args: GoBuildArgs): Promise<void> {
  const { go, env, report, progressMs = 5_000, work } = args;
  const variables = Object.entries(args.variables).map(([name, value]) => `-X ${name}=${value}`);
  const flags = ["-trimpath", "-buildvcs=false", "-mod=readonly", "-ldflags", ["-s -w", ...variables].join(" ")];
  const child = spawn(go, ["build", ...flags, "-o", args.output, ...args.packages], {
    cwd: work,
    // Without cgo the result needs no C compiler; auto lets an older go fetch the one that go.mod names.
    env: { CGO_ENABLED: "0", GOTOOLCHAIN: "auto", ...env, GOFLAGS: "", GOWORK: "off" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const started = Date.now();
  const beat = setInterval(() => report(`  still building, ${secondsSince(started)} s so far ...`), progressMs);
  const stop = () => child.kill();
  process.once("exit", stop);
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-2_000);
  });
  return new Promise<void>((resolve, reject) => {
    child.once("error", (error) => reject(new ToolchainError(`${go} could not be started: ${error.message}.`)));
    child.once("close", (code, signal) => {
      if (code === 0) return resolve();
      const last = errors.trim().split("\n").slice(-5).join("\n  ");
      reject(new ToolchainError(`go build failed (${signal ?? `exit code ${code}`}):\n  ${last}`));
    });
  }).finally(() => {
    clearInterval(beat);
    process.removeListener("exit", stop);
  });
}

/** Whole seconds since a moment of Date.now(), as text. */
export function secondsSince(started: number): string {
  return ((Date.now() - started) / 1000).toFixed(0);
}
