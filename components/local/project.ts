/**
 * The project's folder: the nearest one above the working folder that holds Pulumi.yaml. The engine runs programs in
 * the folder of their main file and providers in one of its own choice, both inside the project.
 *
 * This function and the next are stored as text with dynamic providers, hence `require` inside.
 */
export function projectRoot(): string {
  const { existsSync } = require("node:fs") as typeof import("node:fs");
  const { dirname, join } = require("node:path") as typeof import("node:path");
  let folder = process.cwd();
  while (!existsSync(join(folder, "Pulumi.yaml"))) {
    if (dirname(folder) === folder) throw new Error(`There is no Pulumi.yaml in ${process.cwd()} or above it.`);
    folder = dirname(folder);
  }
  return folder;
}

/** Loads one of the project's TypeScript modules, such as `components/local/processProvider.ts`. */
export function loadFromProject<Module>(path: string): Module {
  const here = `${projectRoot()}/package.json`;
  const { createRequire } = require("node:module") as typeof import("node:module");
  return createRequire(here)("tsx/cjs/api").require(`./${path}`, here);
}
