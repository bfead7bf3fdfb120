import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const LAUNCHERS = [
  { command: "pulumi-language-nodejs", source: "languageHost" },
  { command: "pulumi-resource-pulumi-nodejs", source: "dynamicProvider" },
];

/**
 * Puts the node language host and the provider of dynamic resources beside a built `pulumi`, which looks for them in
 * its own folder. Files that are there already with the same content are left alone.
 */
export function installLaunchers(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { command, source } of LAUNCHERS) {
    publish(join(folder, `${source}.cjs`), bundle(source), 0o644);
    publish(join(folder, command), `#!/bin/sh\nexec node "$(dirname "$0")/${source}.cjs" "$@"\n`, 0o755);
  }
}

/** One self-contained file: the cache must not depend on any checkout. */
function bundle(source: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, "launcher", `${source}.ts`)],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    write: false,
    legalComments: "none",
  });
  return outputFiles.map(({ text }) => text).join("");
}

function publish(file: string, content: string, mode: number): void {
  if (read(file) === content) return;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  chmodSync(draft, mode);
  renameSync(draft, file);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
