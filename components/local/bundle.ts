import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { type BuildFailure, type BuildOptions, buildSync } from "esbuild";

/** A service's program as one file. Its hash changes when, and only when, code or packages that it uses change. */
export interface Bundle {
  /** First 16 hexadecimal digits of a SHA-256 over `code` and the versions of the packages it requires. */
  readonly hash: string;
  readonly code: string;
}

export class BundleError extends Error {
  override readonly name = "BundleError";
}

/**
 * Bundles `services/<name>/main.ts` of the project at `root`; packages stay outside, below node_modules.
 * @throws {BundleError} when the service does not compile, with the places.
 */
export function bundleService(root: string, name: string): Bundle {
  const { outputFiles, metafile } = build(root, name);
  const code = outputFiles[0]?.text ?? "";
  const required = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const packages = [...new Set(required)].filter((path) => !isBuiltin(path)).sort();
  const hash = createHash("sha256").update(code);
  for (const path of packages) hash.update(`\n${path} ${installedVersion(root, path)}`);
  return { hash: hash.digest("hex").slice(0, 16), code };
}

/** How our own code becomes one script for Node, with the installed packages left where they are. */
export const NODE_SCRIPT = {
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
} as const satisfies BuildOptions;

function build(root: string, name: string) {
  try {
    return buildSync({
      entryPoints: [join(root, "services", name, "main.ts")],
      absWorkingDir: root,
      ...NODE_SCRIPT,
      write: false,
      metafile: true,
      logLevel: "silent",
    });
  } catch (error) {
    const places = (error as BuildFailure).errors.map(
      ({ location, text }) => `  ${location ? `${location.file}:${location.line}:${location.column}: ` : ""}${text}`,
    );
    throw new BundleError(`The service ${name} does not compile:\n${places.join("\n")}`);
  }
}

/** Version of the package that an import names: `pg`, `@scope/name` or a file inside one. */
function installedVersion(root: string, path: string): string {
  const name = path.split("/", path.startsWith("@") ? 2 : 1).join("/");
  const description = readFileSync(join(root, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(description) as { version: string }).version;
}

/**
 * Writes the bundle below the project, where its packages resolve, and returns its path. Running services keep their
 * own file, so an edit of the source never reaches a process that was started before it.
 */
export function writeBundle(root: string, name: string, { hash, code }: Bundle): string {
  const folder = join(root, "node_modules", ".cache", "tideline");
  const file = join(folder, `${name}-${hash}.cjs`);
  mkdirSync(folder, { recursive: true });
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, code);
  renameSync(partial, file);
  return file;
}
