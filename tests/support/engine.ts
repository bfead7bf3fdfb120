import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import type { ResolvedPulumi } from "../../tools/toolchain/resolve";

/** The real pulumi, for tests that run a program under it. */
export interface Engine {
  /** Path of the pulumi command. */
  readonly pulumi: string;
  /** Environment for it: this process's own, with pulumi's plugins first on PATH and no question asked. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * A `describe` for tests that need the real engine. Where none can be had (no pulumi, no way to download or build one)
 * its tests are reported as skipped with the reason; with CI=true that is a failure instead.
 */
export function describeWithEngine(name: string, body: (engine: Engine) => void): void {
  const found = findEngine();
  if ("pulumi" in found) {
    describe(name, () => body(found));
    return;
  }
  if (process.env.CI === "true") throw new Error(`${name} needs the Pulumi engine. ${found.reason}`);
  console.warn(`Skipped: ${name}. ${found.reason}`);
  describe(name, () => test.skip(`needs the Pulumi engine: ${found.reason.split("\n")[0]}`, () => {}));
}

/** Synchronous, because jest must know which tests there are when a file is loaded; gets the engine if need be. */
function findEngine(): Engine | { readonly reason: string } {
  const tool = join(__dirname, "..", "..", "tools", "toolchain", "main.ts");
  const { stdout } = spawnSync(process.execPath, [require.resolve("tsx/cli"), tool], {
    encoding: "utf8",
    // Getting the engine may take minutes; its progress belongs on the screen.
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found = JSON.parse(stdout) as ResolvedPulumi | { readonly error: string };
  if ("error" in found) return { reason: found.error };
  const { path, origin } = found;
  const search = origin === "installed" ? [process.env.PATH] : [dirname(path), process.env.PATH];
  const env = {
    ...process.env,
    PATH: search.filter(Boolean).join(delimiter),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  return { pulumi: path, env };
}
