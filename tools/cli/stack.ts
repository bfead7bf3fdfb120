import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "./cliError";
import type { CliContext } from "./context";
import { type Captured, capture, openPulumi, type Pulumi } from "./pulumi";
import { checkStack, type StackArguments, shortName } from "./stackArguments";
import { removeStaleLocks } from "./stateLocks";

/** A stack with the pulumi that works on it. */
export interface OpenStack extends StackArguments {
  /** Is it this machine's own stack, with its state in the home folder by default? */
  readonly local: boolean;
  readonly pulumi: Pulumi;
}

/**
 * Checks the stack's name and gets pulumi ready for it. Stack `local` needs no account and no question: unless the
 * user chose otherwise, its state lies in the home folder and its passphrase is empty. Other stacks get no defaults.
 * @throws {CliError} for an unknown stack.
 * @throws {ToolchainError} when no pulumi can be had.
 */
export async function openStack(context: CliContext, args: StackArguments): Promise<OpenStack> {
  checkStack(args, context.projectFolder);
  const local = shortName(args.stack) === "local";
  const pulumi = await openPulumi(context, local ? localVariables(context) : {});
  return { ...args, local, pulumi };
}

function localVariables({ env, home }: CliContext): NodeJS.ProcessEnv {
  const variables: NodeJS.ProcessEnv = { TIDELINE_HOME: home };
  if (env.PULUMI_CONFIG_PASSPHRASE === undefined && env.PULUMI_CONFIG_PASSPHRASE_FILE === undefined) {
    variables.PULUMI_CONFIG_PASSPHRASE = "";
  }
  if (!env.PULUMI_BACKEND_URL) {
    const state = join(home, "state");
    mkdirSync(state, { recursive: true });
    removeStaleLocks(state);
    // Not encoded: pulumi takes the middle as a path. The library below writes states in one step, but metadata beside
    // them in two; a kill in between would make the state unreadable, and nothing needs the metadata.
    variables.PULUMI_BACKEND_URL = `file://${state}?metadata=skip`;
  }
  return variables;
}

/**
 * Does the backend know the stack?
 * @throws {CliError} when the backend cannot be asked.
 */
export async function stackExists(stack: OpenStack): Promise<boolean> {
  const answer = await capture(stack.pulumi, ["stack", "--stack", stack.stack, "--show-name", "--non-interactive"]);
  if (answer.code === 0) return true;
  if (answer.stderr.includes("no stack named")) return false;
  throw pulumiFailure(stack, answer);
}

/** Creates the stack in its backend if it is not there yet, without making it the user's selected stack. */
export async function ensureStack(stack: OpenStack): Promise<void> {
  if (await stackExists(stack)) return;
  const answer = await capture(stack.pulumi, ["stack", "init", stack.stack, "--no-select", "--non-interactive"]);
  if (answer.code !== 0) throw pulumiFailure(stack, answer);
}

/** The error that pulumi gave, with the remedy where the cause is known. */
export function pulumiFailure({ stack, local, pulumi }: OpenStack, { stderr, code }: Captured): CliError {
  const said = stderr.trim().replace(/^error: /, "") || `exit code ${code}`;
  if (/PULUMI_ACCESS_TOKEN must be set|pulumi login/.test(said)) {
    return new CliError(
      `Stack ${stack} keeps its state in a Pulumi backend, and none is chosen. Run "pulumi login" (Pulumi Cloud or a bucket), or set PULUMI_BACKEND_URL, for example to s3://my-bucket, and try again.`,
    );
  }
  if (/passphrase/.test(said)) {
    const remedy = local
      ? "Stack local uses the empty passphrase: unset PULUMI_CONFIG_PASSPHRASE and PULUMI_CONFIG_PASSPHRASE_FILE, and try again."
      : `Set PULUMI_CONFIG_PASSPHRASE to the passphrase of stack ${stack}, and try again.`;
    return new CliError(`Pulumi cannot open the secrets of stack ${stack}: ${said}. ${remedy}`);
  }
  return new CliError(
    `Pulumi could not open stack ${stack} (${pulumi.env.PULUMI_BACKEND_URL ?? "chosen backend"}): ${said}`,
  );
}
