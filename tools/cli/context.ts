import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What a command knows of where it runs. */
export interface CliContext {
  /** Folder of Pulumi.yaml and the stacks' settings. */
  readonly projectFolder: string;
  /** Folder of everything that stack `local` keeps: state, run records, logs and data. */
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  /** Writes a line of the result to standard output. */
  readonly print: (line: string) => void;
  /** Writes a line for the person who waits to standard error. */
  readonly note: (line: string) => void;
}

/** The project around `folder`, or this repository; TIDELINE_HOME moves the home away from `.tideline`. */
export function createContext(folder: string, env: NodeJS.ProcessEnv): CliContext {
  const projectFolder = findProject(folder) ?? resolve(__dirname, "..", "..");
  return {
    projectFolder,
    home: resolve(projectFolder, env.TIDELINE_HOME || ".tideline"),
    env,
    print: (line) => process.stdout.write(`${line}\n`),
    note: (line) => process.stderr.write(`${line}\n`),
  };
}

function findProject(folder: string): string | undefined {
  if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
  return folder === dirname(folder) ? undefined : findProject(dirname(folder));
}
