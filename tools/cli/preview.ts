import type { CliContext } from "./context";
import { runOnTerminal } from "./pulumi";
import { ensureStack, openStack } from "./stack";
import { parseStackArguments } from "./stackArguments";
import { skipPlugins } from "./up";

/** `preview [STACK] [pulumi flags]`: shows what `up` would change. */
export async function preview(context: CliContext, args: readonly string[]): Promise<number> {
  const stack = await openStack(context, parseStackArguments(args));
  await ensureStack(stack);
  const flags = stack.local ? skipPlugins(stack.pulumi.version) : [];
  return runOnTerminal(stack.pulumi, ["preview", "--stack", stack.stack, ...flags, ...stack.flags]);
}
