import type { CliContext } from "./context";
import { runOnTerminal } from "./pulumi";
import { openStack } from "./stack";

/**
 * `pulumi [arguments]`: the pulumi that the other commands use, with the same state and passphrase, for everything that
 * has no command here. It works on stack local unless the variable PULUMI_STACK names another.
 */
export async function passThrough(context: CliContext, args: readonly string[]): Promise<number> {
  const name = context.env.PULUMI_STACK || "local";
  const { pulumi, stack } = await openStack(context, { stack: name, flags: [] });
  return runOnTerminal({ ...pulumi, env: { ...pulumi.env, PULUMI_STACK: stack } }, args);
}
