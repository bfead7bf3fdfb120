import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache";
import { ToolchainError } from "./errors";
import { goBuild, secondsSince } from "./goBuild";
import { findOnPath } from "./installed";
import { withLock } from "./lock";

/** Programs that are built together from one pinned Go module. */
export interface GoTool {
  /** As in messages and in the cache folder's names. */
  readonly name: string;
  readonly version: string;
  /** Folder with the go.mod and go.sum that pin the sources. */
  readonly moduleFolder: string;
  /** Program to its package. */
  readonly programs: Readonly<Record<string, string>>;
  /** Go variables set while linking: full name to value. */
  readonly variables: Readonly<Record<string, string>>;
  /** Files of the module that the programs need, copied beside them under these names. */
  readonly files?: { readonly module: string; readonly paths: Readonly<Record<string, string>> };
  /** How long the build takes, in words for the person who waits. */
  readonly takes: string;
}

export interface GoToolArgs {
  readonly env: NodeJS.ProcessEnv;
  /** Receives progress, a line at a time. */
  readonly report: (line: string) => void;
  /** Milliseconds between two signs of life while the compiler runs. @default 15000 */
  readonly progressMs?: number;
}

/**
 * The folder with a tool's programs, built once for this machine into the cache; of several processes that ask at once,
 * one builds and the others wait for its result.
 * @throws {ToolchainError} when there is no go on PATH, or the build fails; nothing is left behind then.
 */
export async function resolveGoTool(tool: GoTool, args: GoToolArgs): Promise<string> {
  const cache = cacheFolder(args.env);
  const folder = toolFolder(tool, cache);
  if (existsSync(folder)) return folder;
  const label = `${tool.name} ${tool.version}`;
  const onWait = (pid: number) => args.report(`Process ${pid} is building ${label}; waiting for it ...`);
  return withLock(join(cache, `${tool.name}-${tool.version}.lock`), { onWait }, async () => {
    if (!existsSync(folder)) await build(tool, args, cache, folder);
    return folder;
  });
}

/** The caller holds the lock, so a folder of a build that was broken off is nobody's any more. */
async function build(tool: GoTool, args: GoToolArgs, cache: string, folder: string): Promise<void> {
  const { env, report } = args;
  const label = `${tool.name} ${tool.version}`;
  const go = findOnPath("go", env.PATH);
  if (!go) throw new ToolchainError(`${label} is built from source and there is no go on PATH: https://go.dev/dl/.`);
  const prefix = `.${tool.name}-build-`;
  for (const name of readdirSync(cache)) {
    if (name.startsWith(prefix)) rmSync(join(cache, name), { recursive: true, force: true });
  }
  const started = Date.now();
  report(`Building ${label} from source, once for this machine; this takes ${tool.takes} ...`);
  const work = mkdtempSync(join(cache, prefix));
  try {
    // A copy, so that go can never edit the pins in the checkout.
    for (const file of ["go.mod", "go.sum"]) copyFileSync(join(tool.moduleFolder, file), join(work, file));
    const made = join(work, "made");
    mkdirSync(made);
    const { progressMs = 15_000 } = args;
    const [[program, only] = [], ...more] = Object.entries(tool.programs);
    const [output, packages] =
      more.length === 0 && program && only ? [join(made, program), [only]] : [`${made}/`, Object.values(tool.programs)];
    await goBuild({ go, env, report, progressMs, work, output, packages, variables: tool.variables });
    if (tool.files) copyFiles(tool.files, { go, env, work, made });
    renameSync(made, folder);
    report(`Built ${label} in ${secondsSince(started)} s.`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface CopyPlace {
  readonly go: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where go.mod is. */
  readonly work: string;
  /** Where the copies go. */
  readonly made: string;
}

function copyFiles({ module, paths }: NonNullable<GoTool["files"]>, { go, env, work, made }: CopyPlace): void {
  const options = { cwd: work, env: { GOTOOLCHAIN: "auto", ...env, GOFLAGS: "-mod=readonly", GOWORK: "off" } };
  const { stdout, stderr } = spawnSync(go, ["list", "-m", "-f", "{{.Dir}}", module], { ...options, encoding: "utf8" });
  const source = stdout?.trim();
  if (!source) throw new ToolchainError(`go list does not find ${module}: ${stderr?.trim()}.`);
  for (const [name, path] of Object.entries(paths)) copyFileSync(join(source, path), join(made, name));
}

/** Another pin gives another folder, so a checkout never runs what it did not pin. */
function toolFolder({ name, version, moduleFolder }: GoTool, cache: string): string {
  const sums = readFileSync(join(moduleFolder, "go.sum"));
  const pins = createHash("sha256").update(sums).digest("hex").slice(0, 12);
  return join(cache, `${name}-${version}-build-${pins}`);
}
