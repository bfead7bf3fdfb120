import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { parse } from "semver";

const run = promisify(execFile);

/** The first executable of that name on a PATH, or undefined. */
export function findOnPath(name: string, path: string | undefined): string | undefined {
  const extensions = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  for (const folder of (path ?? "").split(delimiter).filter((entry) => entry !== "")) {
    for (const extension of extensions) {
      const candidate = join(folder, name + extension);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The version that `pulumi version` prints, without its `v`; undefined when it does not run or prints something else. */
export async function pulumiVersion(pulumi: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const options = { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" }, timeout: 20_000 };
    const { stdout } = await run(pulumi, ["version"], options);
    return parse(stdout.trim().replace(/^v/, ""))?.version;
  } catch {
    return undefined;
  }
}
