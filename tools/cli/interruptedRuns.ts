import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CliContext } from "./context";
import { capture } from "./pulumi";
import { type OpenStack, pulumiFailure } from "./stack";
import { configFile } from "./stackArguments";

/**
 * Clears from the state of stack `local` what a killed pulumi was in the middle of creating. Pulumi would warn of it at
 * every later `up` and ask its user to look into the cloud's console; here nothing needs a look, since a local create
 * first stops what an earlier one left behind.
 */
export async function clearInterrupted(context: CliContext, stack: OpenStack): Promise<void> {
  if (!hasPendingOperations(join(context.home, "state", ".pulumi", "stacks"), stack.stack)) return;
  context.note("The last run was killed in the middle; setting its state right first ...");
  const flags = ["--yes", "--skip-preview", "--clear-pending-creates", "--non-interactive"];
  const answer = await capture(stack.pulumi, ["refresh", "--stack", stack.stack, ...flags, ...configFile(stack)]);
  if (answer.code !== 0) throw pulumiFailure(stack, { ...answer, stderr: answer.stderr || answer.stdout });
}

/** Looks into `<project>/<stack>.json` of a file backend. */
function hasPendingOperations(folder: string, stack: string): boolean {
  return projects(folder).some((project) => pendingOperations(join(folder, project, `${stack}.json`)) > 0);
}

function projects(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function pendingOperations(file: string): number {
  try {
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint?: { latest?: { pending_operations?: unknown[] } };
    };
    return checkpoint?.latest?.pending_operations?.length ?? 0;
  } catch {
    return 0;
  }
}
