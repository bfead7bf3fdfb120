import { execFile } from "node:child_process";
import { findOnPath } from "../../tools/toolchain/installed";

/** How a program ended and everything that it printed. */
export interface ToolResult {
  readonly code: number;
  readonly output: string;
}

/**
 * A `describe` for tests that run a program of a Debian package. Where it is not installed its tests are reported as
 * skipped with the reason; with CI=true that is a failure.
 */
export function describeWithTool(
  program: string,
  debianPackage: string,
  name: string,
  body: (run: (...args: readonly string[]) => Promise<ToolResult>) => void,
): void {
  const path = findOnPath(program, process.env.PATH);
  if (path === undefined) {
    const reason = `there is no ${program} on PATH; on Debian, apt-get install ${debianPackage}`;
    if (process.env.CI === "true") throw new Error(`${name} needs ${program}: ${reason}.`);
    console.warn(`Skipped: ${name}, for ${reason}.`);
    describe(name, () => test.skip(`needs ${program}: ${reason}`, () => {}));
    return;
  }
  describe(name, () => body((...args) => runTool(path, args)));
}

/** Runs a program to its end. Rejects only when it cannot be started. */
export function runTool(path: string, args: readonly string[]): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    execFile(path, [...args], (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}
