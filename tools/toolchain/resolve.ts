import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { arch, platform } from "node:process";
import { gte } from "semver";
import { buildPulumi, cachedBuild, PARTIAL_BUILD } from "./build";
import { cacheFolder } from "./cache";
import { ToolchainError } from "./errors";
import { findOnPath, pulumiVersion } from "./installed";
import { withLock } from "./lock";
import { cachedRelease, downloadRelease, OFFICIAL_RELEASES, PARTIAL_DOWNLOAD } from "./release";
import { MINIMUM_VERSION, PINNED_VERSION } from "./versions";

/** Which `pulumi` runs, and where it comes from. */
export interface ResolvedPulumi {
  /** Absolute path, or as PATH has it. */
  readonly path: string;
  readonly origin: "installed" | "release" | "build";
  readonly version: string;
}

export interface ResolveArgs {
  readonly env: NodeJS.ProcessEnv;
  /** Receives progress and what was passed over, a line at a time. */
  readonly report: (line: string) => void;
  /** Folder with go.mod and go.sum of the CLI to build. @default the one in this repository */
  readonly moduleFolder?: string;
}

/**
 * Finds the `pulumi` to run: one on PATH that is new enough; else the pinned release, downloaded once; else the pinned
 * version built from source, once. What is in the cache already is used without asking the network. Of several
 * processes that ask at once, one fetches and the others wait for its result.
 * @throws {ToolchainError} saying what was tried and how to install one by hand.
 */
export async function resolvePulumi(args: ResolveArgs): Promise<ResolvedPulumi> {
  const { env, report } = args;
  const tried: string[] = [];
  const installed = findOnPath("pulumi", env.PATH);
  if (installed) {
    const found = await pulumiVersion(installed, env);
    if (found && gte(found, MINIMUM_VERSION)) return { path: installed, origin: "installed", version: found };
    const problem = found ? `is version ${found}, older than ${MINIMUM_VERSION}` : "does not tell its version";
    tried.push(`${installed} ${problem}.`);
    report(`${installed} ${problem}; using Tideline's own Pulumi ${PINNED_VERSION} instead.`);
  } else {
    tried.push("There is no pulumi on PATH.");
  }
  const cached = fromCache(args);
  if (cached) return cached;
  const lock = join(cacheFolder(env), `pulumi-${PINNED_VERSION}.lock`);
  const onWait = (pid: number) => report(`Process ${pid} is getting Pulumi ${PINNED_VERSION}; waiting for it ...`);
  return withLock(lock, { onWait }, async () => fromCache(args) ?? (await acquire(args, tried)));
}

function fromCache(args: ResolveArgs): ResolvedPulumi | undefined {
  const { cache, version } = pins(args);
  const release = cachedRelease(cache, version);
  if (release) return { path: release, origin: "release", version };
  const build = cachedBuild(pins(args));
  return build ? { path: build, origin: "build", version } : undefined;
}

async function acquire(args: ResolveArgs, tried: string[]): Promise<ResolvedPulumi> {
  const { env, report } = args;
  const { cache, version } = pins(args);
  removePartial(cache);
  try {
    const baseUrl = env.TIDELINE_PULUMI_RELEASES || OFFICIAL_RELEASES;
    const path = await downloadRelease({ version, baseUrl, cache, platform, arch, report });
    return { path, origin: "release", version };
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error;
    tried.push(error.message);
    report(`No Pulumi release could be had. ${error.message}`);
  }
  const go = findOnPath("go", env.PATH);
  if (!go) throw new ToolchainError(howToInstall([...tried, "There is no go on PATH to build it from source."]));
  try {
    return { path: await buildPulumi({ ...pins(args), go, env, report }), origin: "build", version };
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error;
    throw new ToolchainError(howToInstall([...tried, error.message]));
  }
}

function pins({ env, moduleFolder = join(__dirname, "pulumi") }: ResolveArgs) {
  return { cache: cacheFolder(env), version: PINNED_VERSION, moduleFolder };
}

/** Sweeps up after processes that were killed in the middle; the caller holds the lock, so none is at work now. */
function removePartial(cache: string): void {
  for (const name of readdirSync(cache)) {
    if (name.startsWith(PARTIAL_BUILD) || name.startsWith(PARTIAL_DOWNLOAD)) {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
}

function howToInstall(tried: readonly string[]): string {
  return [
    `Tideline needs the Pulumi CLI ${MINIMUM_VERSION} or newer and could not get one:`,
    ...tried.map((line) => `  - ${line}`),
    "Install Pulumi (https://www.pulumi.com/docs/install/), or Go (https://go.dev/dl/) to have it built, and try again.",
    "Where the network has a mirror of Pulumi's releases, set TIDELINE_PULUMI_RELEASES to its address.",
  ].join("\n");
}
