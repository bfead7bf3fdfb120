import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

interface LockedPackage {
  readonly version?: string;
  readonly dev?: true;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The parts of package-lock.json, format 3, that matter here. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
  readonly [field: string]: unknown;
}

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

/** Packages of other platforms that a lock file should hold and does not: `path version`. */
export function missingPlatforms({ packages }: LockFile): string[] {
  return missing(packages).map(({ path, version }) => `${path} ${version}`);
}

/**
 * The lock file with an entry for every platform's package. npm leaves out those that it could not see where the lock
 * was written (npm/cli issue 4828), and then `npm ci` fails on every machine, or the package fails to load on the
 * platforms left out. Such an entry has no integrity hash, because its bytes were never seen.
 */
export function completeLock(lock: LockFile): LockFile {
  const added = missing(lock.packages).map(({ path, name, version, dev }) => {
    const entry = { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true };
    return [path, entry] as const;
  });
  const entries = [...Object.entries(lock.packages), ...added];
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(entries) };
}

function missing(packages: LockFile["packages"]) {
  return Object.entries(packages).flatMap(([owner, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, version]) => /^\d/.test(version) && !isLocked(packages, owner, name))
      .map(([name, version]) => ({ path: `node_modules/${name}`, name, version, dev })),
  );
}

/** Node looks for a package below its owner, then in every folder above. */
function isLocked(packages: LockFile["packages"], owner: string, name: string): boolean {
  const parts = owner.split("/node_modules/");
  const folders = ["", ...parts.map((_, index) => `${parts.slice(0, index + 1).join("/node_modules/")}/`)];
  return folders.some((folder) => `${folder === "/" ? "" : folder}node_modules/${name}` in packages);
}

/** `@esbuild/linux-arm64-musl` is for linux, arm64 and musl; these names are the packages' own convention. */
function platformOf(name: string): Record<string, string[]> {
  const words = name.split(/[^a-z0-9]+/i);
  const pick = (known: readonly string[]) => known.filter((word) => words.includes(word));
  const libc = words.some((word) => word.startsWith("musl")) ? ["musl"] : ["glibc"];
  const os = pick(SYSTEMS);
  const cpu = pick(PROCESSORS);
  return {
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(os[0] === "linux" ? { libc } : {}),
    ...(os.length > 0 ? { os } : {}),
  };
}

if (require.main === module) {
  const file = join(resolve(__dirname, "../.."), "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8")) as LockFile;
  writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
}
