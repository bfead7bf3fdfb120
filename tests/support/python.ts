import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "../../tools/toolchain/cache";

/**
 * A `describe` for tests that need Python packages, in a virtual environment of the cache folder that pip fills on
 * first use. Where that cannot be, its tests are reported as skipped with the reason; with CI=true that is a failure.
 */
export function describeWithPython(name: string, packages: readonly string[], body: (python: string) => void): void {
  const found = findPython(packages);
  if ("python" in found) {
    describe(name, () => body(found.python));
    return;
  }
  if (process.env.CI === "true") throw new Error(`${name} needs Python. ${found.reason}`);
  console.warn(`Skipped: ${name}. ${found.reason}`);
  describe(name, () => test.skip(`needs Python: ${found.reason.split("\n")[0]}`, () => {}));
}

/** Synchronous, because jest must know which tests there are when a file is loaded. */
function findPython(packages: readonly string[]): { readonly python: string } | { readonly reason: string } {
  const key = createHash("sha256").update(packages.join()).digest("hex").slice(0, 12);
  const folder = join(dirname(cacheFolder(process.env)), `test-venv-${key}`);
  const python = join(folder, "bin", "python");
  if (existsSync(python)) return { python };
  // pip writes the folder's name into its scripts but not into python's own, which is all that is used here,
  // so that the folder may be made elsewhere and appear only when it is whole.
  const partial = `${folder}.${process.pid}`;
  try {
    mkdirSync(dirname(folder), { recursive: true });
    const options = ["--quiet", "--disable-pip-version-check", "--retries", "2", "--timeout", "15"];
    const problem =
      run("python3", ["-m", "venv", partial]) ??
      run(join(partial, "bin", "python"), ["-m", "pip", "install", ...options, ...packages]);
    if (problem !== undefined)
      return { reason: `python3 with pip could not provide ${packages.join(", ")}: ${problem}` };
    // Another process may have been quicker.
    if (!existsSync(python)) renameSync(partial, folder);
    return { python };
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, { encoding: "utf8", timeout: 600_000 });
  if (error !== undefined) return error.message;
  return status === 0 ? undefined : stderr.trim().split("\n").slice(-3).join(" ");
}
