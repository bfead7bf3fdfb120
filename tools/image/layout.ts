import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, join, relative, sep } from "node:path";
import { buildSync } from "esbuild";
import { NODE_SCRIPT } from "../../components/local/bundle";

/** Files that services read beside their code. */
const DATA = ["services/training/data/breast_cancer_wisconsin.csv"];

interface PackageDescription {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * Writes all that the image of the bundled services holds into an empty folder: `services/main.js`, which starts any of
 * them by role, and of the installed packages exactly those that it can reach, for this platform.
 * @returns the packages' folders, such as node_modules/pg
 */
export function writeImageLayout(root: string, out: string): readonly string[] {
  mkdirSync(out, { recursive: true });
  const { metafile } = buildSync({
    entryPoints: [join(root, "services", "main.ts")],
    outfile: join(out, "services", "main.js"),
    absWorkingDir: root,
    ...NODE_SCRIPT,
    metafile: true,
    logLevel: "silent",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  const names = [...new Set(imports.filter((path) => !isBuiltin(path)).map(packageOf))];
  const folders = reachable(root, names);
  for (const folder of folders) copyPackage(root, out, folder);
  for (const file of DATA) cpSync(join(root, file), join(out, file));
  writeFileSync(join(out, "package.json"), `${JSON.stringify({ private: true, type: "commonjs" })}\n`);
  return folders;
}

/** `pg/lib/x` to `pg`, `@scope/name/x` to `@scope/name`. */
function packageOf(path: string): string {
  return path.split("/", path.startsWith("@") ? 2 : 1).join("/");
}

/** Folders of packages and of all that these need, found as node finds them. */
function reachable(root: string, names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string, from: string, required: boolean) => {
    const folder = lookUp(root, name, from);
    if (folder === undefined) {
      if (required)
        throw new Error(
          `The package ${name}, which ${relative(root, from) || "the services"} needs, is not installed. Run npm ci.`,
        );
      return;
    }
    if (found.has(folder)) return;
    found.add(folder);
    const description = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as PackageDescription;
    for (const next of Object.keys(description.dependencies ?? {})) {
      visit(next, join(root, folder), description.optionalDependencies?.[next] === undefined);
    }
    const optional = { ...description.optionalDependencies, ...description.peerDependencies };
    for (const next of Object.keys(optional)) visit(next, join(root, folder), false);
  };
  for (const name of names) visit(name, root, true);
  return [...found].sort();
}

function lookUp(root: string, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return relative(root, candidate);
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}

/** Without packages inside the package, which are copied when they are reached, and without binaries of other platforms. */
function copyPackage(root: string, out: string, folder: string): void {
  const source = join(root, folder);
  cpSync(realpathSync(source), join(out, folder), {
    recursive: true,
    filter: (file) => {
      const path = relative(realpathSync(source), file);
      return basename(file) !== "node_modules" && !isForeign(path) && !/\.(map|md|d\.ts|d\.mts|d\.cts)$/.test(file);
    },
  });
  rmSync(join(out, folder, "node_modules"), { recursive: true, force: true });
}

/** onnxruntime keeps `bin/napi-vN/PLATFORM/ARCH` for all platforms in one package. */
function isForeign(path: string): boolean {
  const [, platform, arch] =
    new RegExp(`^bin\\${sep}napi-v\\d+\\${sep}([^\\${sep}]+)(?:\\${sep}([^\\${sep}]+))?`).exec(path) ?? [];
  if (platform === undefined) return false;
  return platform !== process.platform || (arch !== undefined && arch !== process.arch);
}
