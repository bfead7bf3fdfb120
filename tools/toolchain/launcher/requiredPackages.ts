import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A provider plugin that an installed npm package says it needs. */
export interface RequiredPackage {
  readonly name: string;
  /** With a leading `v`, as the engine's plugin names have it. */
  readonly version: string;
  /** Where the plugin is downloaded from; empty for Pulumi's own server. */
  readonly server: string;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    readonly server?: string;
  };
}

/**
 * The provider plugins of all packages with `"pulumi": { "resource": true }` in their package.json, found in the
 * node_modules folders that a program in this folder sees, nested ones included; each plugin version once.
 */
export function requiredPackages(programFolder: string): RequiredPackage[] {
  const found = new Map<string, RequiredPackage>();
  for (let folder = programFolder; ; folder = dirname(folder)) {
    collect(join(folder, "node_modules"), found);
    if (folder === dirname(folder)) return [...found.values()];
  }
}

function collect(nodeModules: string, found: Map<string, RequiredPackage>): void {
  for (const name of folders(nodeModules)) {
    const packages = name.startsWith("@")
      ? folders(join(nodeModules, name)).map((scoped) => join(nodeModules, name, scoped))
      : [join(nodeModules, name)];
    for (const folder of packages) {
      const required = readRequirement(folder);
      if (required) found.set(`${required.name}@${required.version}`, required);
      collect(join(folder, "node_modules"), found);
    }
  }
}

function folders(parent: string): string[] {
  try {
    const entries = readdirSync(parent, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map((entry) => entry.name);
  } catch {
    return [];
  }
}

function readRequirement(folder: string): RequiredPackage | undefined {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
  const { pulumi, name = "", version = "" } = manifest;
  if (!pulumi?.resource) return undefined;
  return {
    name: pulumi.name ?? name.replace(/^@pulumi\//, "").replace(/^@/, ""),
    version: `v${(pulumi.version ?? version).replace(/^v/, "")}`,
    server: pulumi.server ?? "",
  };
}
