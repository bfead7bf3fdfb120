import { join } from "node:path";

/** Variable that holds the folder of the rehearsal under way; set by `rehearse` alone. */
export const REHEARSAL_VARIABLE = "TIDELINE_REHEARSAL";

/** Variable that holds the fault to simulate, as `formatFault` writes it. */
export const FAULT_VARIABLE = "TIDELINE_REHEARSAL_FAULT";

/** Where a rehearsal keeps what: all below one folder, which is removed when the next one of that stack begins. */
export function rehearsalPaths(folder: string) {
  return {
    /** The engine's state of the stack. */
    state: join(folder, "state"),
    /** The simulated clouds, a file each. */
    clouds: join(folder, "clouds"),
    /** Control planes of the simulated clusters, while they run. */
    clusters: join(folder, "clusters"),
    /** Counter of operations, for faults. */
    faults: join(folder, "faults"),
    /** Plugin commands, for PATH. */
    plugins: join(folder, "plugins"),
    /** A file for every plugin process, named by its id. */
    processes: join(folder, "processes"),
    /** The stack's settings, copied so that the user's own file is never written to. */
    settings: join(folder, "settings"),
    /** PULUMI_HOME. */
    pulumiHome: join(folder, "pulumi"),
  };
}

/** The backend that a rehearsal's engine keeps its state in, as PULUMI_BACKEND_URL takes it. */
export function rehearsalBackend(folder: string): string {
  // Metadata beside a state is written in two steps, and while it is half written pulumi refuses the state.
  return `file://${rehearsalPaths(folder).state}?metadata=skip`;
}

/**
 * The folder of the rehearsal that this process belongs to.
 * @throws {Error} outside a rehearsal: a simulated provider must never answer an engine with real state, which would
 * record resources that exist nowhere.
 */
export function rehearsalFolder(env: NodeJS.ProcessEnv): string {
  const folder = env[REHEARSAL_VARIABLE];
  if (folder && env.PULUMI_BACKEND_URL === rehearsalBackend(folder)) return folder;
  throw new Error(
    "A simulated provider was asked to take part in a real operation, and refuses: nothing that it makes exists. " +
      "Remove the folder with Tideline's simulated pulumi-resource-* commands from PATH and try again. " +
      "To rehearse without an account: npm run rehearse -- STACK.",
  );
}
