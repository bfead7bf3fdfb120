import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { goBuild, secondsSince } from "./goBuild";
import { installLaunchers } from "./launcher";

export interface BuildArgs {
  readonly version: string;
  /** Folder with the go.mod and go.sum that pin the sources. */
  readonly moduleFolder: string;
  readonly cache: string;
  /** Path of the go command. */
  readonly go: string;
  readonly env: NodeJS.ProcessEnv;
  readonly report: (line: string) => void;
  /** Milliseconds between two signs of life while the compiler runs. @default 5000 */
  readonly progressMs?: number;
}

/** Prefix of the folders, in the cache, of builds that are under way or were broken off. */
export const PARTIAL_BUILD = ".build-";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** The built `pulumi` in the cache, with up-to-date launchers beside it, or undefined when it was not built yet. */
export function cachedBuild(args: Pick<BuildArgs, "cache" | "version" | "moduleFolder">): string | undefined {
  const folder = buildFolder(args);
  if (!existsSync(join(folder, "pulumi"))) return undefined;
  installLaunchers(folder);
  return join(folder, "pulumi");
}

/**
 * Builds the pinned CLI from the Go module proxy into the cache and returns its path.
 * @throws {ToolchainError} with the compiler's last words when the build fails; nothing is left behind then.
 */
export async function buildPulumi(args: BuildArgs): Promise<string> {
  const { cache, version, report } = args;
  const started = Date.now();
  report(`Building Pulumi ${version} from source, once for this machine; this takes 4 to 10 minutes ...`);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, PARTIAL_BUILD));
  try {
    // A copy, so that go can never edit the pins in the checkout.
    for (const file of ["go.mod", "go.sum"]) copyFileSync(join(args.moduleFolder, file), join(work, file));
    const variables = { [VERSION_VARIABLE]: `v${version}` };
    await goBuild({ ...args, work, output: join(work, "pulumi"), packages: [PACKAGE], variables });
    const folder = buildFolder(args);
    installLaunchers(folder);
    renameSync(join(work, "pulumi"), join(folder, "pulumi"));
    report(`Built Pulumi ${version} in ${secondsSince(started)} s.`);
    return join(folder, "pulumi");
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Another pin gives another folder, so a checkout never runs what it did not pin. */
function buildFolder({ cache, version, moduleFolder }: Pick<BuildArgs, "cache" | "version" | "moduleFolder">): string {
  const pins = createHash("sha256")
    .update(readFileSync(join(moduleFolder, "go.sum")))
    .digest("hex")
    .slice(0, 12);
  return join(cache, `pulumi-${version}-build-${pins}`);
}
