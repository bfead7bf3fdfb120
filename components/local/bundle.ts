import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** A service's program as one file. Its hash changes when, and only when, code that the service uses changes. */
export interface Bundle {
  /** First 16 hexadecimal digits of the SHA-256 of `code`. */
  readonly hash: string;
  readonly code: string;
}

/**
 * Bundles `services/<name>/main.ts` of the project at `root`; packages stay outside, below node_modules.
 * @throws {Error} when the service does not compile.
 */
export function bundleService(root: string, name: string): Bundle {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, "services", name, "main.ts")],
    absWorkingDir: root,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    write: false,
    logLevel: "silent",
  });
  const code = outputFiles[0]?.text ?? "";
  return { hash: createHash("sha256").update(code).digest("hex").slice(0, 16), code };
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
