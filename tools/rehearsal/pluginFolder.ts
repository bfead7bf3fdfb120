import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";
import { isRunning } from "../../services/runtime/processIdentity";
import { SIMULATED_PACKAGES } from "./catalogues";

/** Milliseconds between two looks at whether plugins have ended. */
const POLL_MS = 20;

/**
 * Fills a folder with the `pulumi-resource-PACKAGE` commands of all simulated providers. They are one self-contained
 * bundle, because the engine starts one process for every provider and each must start fast.
 */
export function installPlugins(folder: string): void {
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [join(__dirname, "plugin.ts")],
    outfile: join(folder, "plugin.cjs"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "none",
    logLevel: "error",
  });
  for (const name of SIMULATED_PACKAGES) {
    const script = `#!/bin/sh\nexec node "$(dirname "$0")/plugin.cjs" ${name} "$@"\n`;
    writeFileSync(join(folder, `pulumi-resource-${name}`), script, { mode: 0o755 });
  }
}

/** Waits until no plugin of an engine that was killed is still at work on the clouds. */
export async function pluginsEnded(processes: string): Promise<void> {
  while (traces(processes).some(isRunning)) await sleep(POLL_MS);
}

function traces(folder: string): { pid: number; processStart: string }[] {
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  return files.flatMap((file) => {
    try {
      return [JSON.parse(readFileSync(join(folder, file), "utf8")) as { pid: number; processStart: string }];
    } catch {
      // It ended between the two calls, and took its file along.
      return [];
    }
  });
}
