import type { CliContext } from "../../tools/cli/context";

/** A context of the command line that keeps what is printed. */
export interface RecordingContext extends CliContext {
  readonly printed: string[];
  readonly noted: string[];
}

/** A context whose project and home are the given folders, with an environment of nothing but what is given. */
export function recordingContext(projectFolder: string, home: string, env: NodeJS.ProcessEnv = {}): RecordingContext {
  const printed: string[] = [];
  const noted: string[] = [];
  return {
    projectFolder,
    home,
    env,
    printed,
    noted,
    print: (line) => void printed.push(line),
    note: (line) => void noted.push(line),
  };
}
