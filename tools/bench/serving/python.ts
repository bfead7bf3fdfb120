import { execFile } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../toolchain/cache";
import type { Absent } from "./report";

/** A Python that has the peers' packages, and their versions for the report. */
export interface PeerPython {
  readonly python: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The variables that say where the cache is and where Python is: XDG_CACHE_HOME, HOME, PATH, and what pip reads. */
type PeerEnvironment = Readonly<Record<string, string | undefined>>;

/** What peers need: a folder's name in the cache and pip's packages. */
export interface PeerPackages {
  readonly folder: string;
  readonly packages: readonly string[];
}

const SERVING: PeerPackages = {
  folder: "bench-venv",
  packages: ["fastapi", "uvicorn[standard]", "onnxruntime", "scikit-learn"],
};
const run = promisify(execFile);

/**
 * The Python of the peers: a virtual environment in the cache folder, made with pip on first use.
 * Says why when there is none: a peer may be absent, the benchmark still runs.
 */
export async function peerPython(
  env: PeerEnvironment,
  progress: (line: string) => void,
  { folder: name, packages }: PeerPackages = SERVING,
): Promise<PeerPython | Absent> {
  const folder = join(dirname(cacheFolder(env)), name);
  const python = join(folder, "bin", "python");
  try {
    if (!existsSync(python)) {
      progress(`Making a Python environment for the peers in ${folder} ...`);
      await makeEnvironment(folder, packages, env);
    }
    return { python, versions: await versionsOf(python, packages) };
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const reason = (stderr?.trim() || message).split("\n").slice(-3).join(" ");
    return { absent: `Python 3 with pip could not provide ${packages.join(", ")} (${reason}).` };
  }
}

async function makeEnvironment(folder: string, packages: readonly string[], env: PeerEnvironment): Promise<void> {
  // pip writes the folder's name into its scripts but not into python's own, which is all that is used here,
  // so that the folder may be made elsewhere and appear only when it is whole.
  const partial = `${folder}.${process.pid}`;
  try {
    await mkdir(dirname(folder), { recursive: true });
    await run("python3", ["-m", "venv", partial], { env });
    const options = ["--quiet", "--disable-pip-version-check", "--retries", "2", "--timeout", "15"];
    await run(join(partial, "bin", "python"), ["-m", "pip", "install", ...options, ...packages], { env });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

async function versionsOf(python: string, packages: readonly string[]): Promise<Record<string, string>> {
  const names = JSON.stringify(packages.map((name) => name.replace(/\[.*/, "")));
  const program = `import importlib.metadata as m, json, platform
print(json.dumps({"python": platform.python_version(), **{n: m.version(n) for n in ${names}}}))`;
  const { stdout } = await run(python, ["-c", program]);
  return JSON.parse(stdout);
}
