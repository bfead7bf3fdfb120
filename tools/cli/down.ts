import { rmSync } from "node:fs";
import { homedir } from "node:os";
import { relative, sep } from "node:path";
import { CliError } from "./cliError";
import type { CliContext } from "./context";
import { readServices } from "./localServices";
import { runOnTerminal } from "./pulumi";
import { type OpenStack, openStack, stackExists } from "./stack";
import { parseStackArguments } from "./stackArguments";
import { skipPlugins } from "./up";

/** `down [STACK] [--purge] [pulumi flags]`: takes a stack down and makes sure that nothing of it is left running. */
export async function down(context: CliContext, args: readonly string[]): Promise<number> {
  const purge = args.includes("--purge");
  const stack = await openStack(context, parseStackArguments(args.filter((arg) => arg !== "--purge")));
  if (purge && !stack.local) {
    throw new CliError(`--purge removes the data of stack local on this machine; stack ${stack.stack} has none here.`);
  }
  if (purge) checkPurge(context);
  if (await stackExists(stack)) {
    const flags = stack.local ? ["--yes", "--skip-preview", ...skipPlugins(stack.pulumi.version)] : [];
    if (stack.local && !process.stdout.isTTY) flags.push("--suppress-progress");
    const code = await runOnTerminal(stack.pulumi, ["destroy", "--stack", stack.stack, ...flags, ...stack.flags]);
    if (code !== 0) {
      context.note(`Stack ${stack.stack} is not down yet; run the command again to go on.`);
      return code === 130 ? code : 1;
    }
  } else {
    context.print(`Stack ${stack.stack} does not exist, so there was nothing to take down.`);
  }
  if (stack.local) await finishLocal(context, stack, purge);
  return 0;
}

async function finishLocal(context: CliContext, { flags }: OpenStack, purge: boolean): Promise<void> {
  const partial = flags.some((flag) => /^(--target|-t|--exclude|-x|--preview-only)\b/.test(flag));
  const running = partial ? [] : (await readServices(context.home)).filter(({ pid }) => pid !== undefined);
  if (running.length > 0) {
    const list = running.map(({ name, pid }) => `${name} (process ${pid})`).join(", ");
    throw new CliError(
      `The stack is down, but these processes still run: ${list}. Stop them with: kill ${running.map(({ pid }) => pid).join(" ")}`,
    );
  }
  if (purge) {
    rmSync(context.home, { recursive: true, force: true });
    context.print(`Nothing runs any more. Removed ${context.home} with all local state, models, data and logs.`);
  } else if (!partial) {
    context.print(
      `Nothing runs any more. Data and logs stay in ${context.home}; "npm run down -- --purge" removes them.`,
    );
  }
}

/** A mistyped TIDELINE_HOME must not cost a home folder or the project. */
function checkPurge({ home, projectFolder }: CliContext): void {
  for (const precious of [homedir(), projectFolder]) {
    const inside = relative(home, precious);
    if (inside === "" || (inside !== ".." && !inside.startsWith(`..${sep}`))) {
      throw new CliError(
        `--purge would remove ${home}, which holds ${precious}. Set TIDELINE_HOME to a folder of its own.`,
      );
    }
  }
}
