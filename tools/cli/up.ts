import { gte } from "semver";
import { PINNED_VERSION } from "../toolchain/versions";
import type { CliContext } from "./context";
import { clearInterrupted } from "./interruptedRuns";
import { isUrl, readOutputs } from "./outputs";
import { runOnTerminal } from "./pulumi";
import { ensureStack, type OpenStack, openStack } from "./stack";
import { parseStackArguments } from "./stackArguments";
import { formatTable } from "./table";

/** `up [STACK] [pulumi flags]`: brings a stack up and prints where its services are. */
export async function up(context: CliContext, args: readonly string[]): Promise<number> {
  const stack = await openStack(context, parseStackArguments(args));
  await ensureStack(stack);
  if (stack.local) await clearInterrupted(context, stack);
  const code = await runOnTerminal(stack.pulumi, ["up", "--stack", stack.stack, ...quietFlags(stack), ...stack.flags]);
  if (code === 130) {
    context.note(`Interrupted. "npm run up" goes on from here; "npm run down" removes what was made.`);
    return code;
  }
  if (code !== 0) {
    context.note(
      `Stack ${stack.stack} is not up; the reason is above. Nothing that was made is lost: mend it and run the command again.`,
    );
    return 1;
  }
  if (!asksForJson(stack.flags)) await printResult(context, stack);
  return 0;
}

/** Local changes cost nothing and can be undone, so they need no question; the plan is made all the same, for its checks. */
export function quietFlags({ local, pulumi }: OpenStack): string[] {
  if (!local) return [];
  const flags = ["--yes", "--suppress-outputs", "--suppress-permalink=true"];
  if (!process.stdout.isTTY) flags.push("--suppress-progress");
  return [...flags, ...skipPlugins(pulumi.version)];
}

/** Keeps pulumi from downloading the plugins of clouds that stack local does not touch. */
export function skipPlugins(version: string): string[] {
  return gte(version, PINNED_VERSION) ? ["--skip-plugin-pre-install"] : [];
}

function asksForJson(flags: readonly string[]): boolean {
  return flags.includes("--json") || flags.includes("-j");
}

async function printResult({ print }: CliContext, stack: OpenStack): Promise<void> {
  const outputs = Object.entries(await readOutputs(stack, []));
  const urls = outputs.flatMap(([name, value]) => (isUrl(value) ? [[`  ${name}`, value]] : []));
  print(`\nStack ${stack.stack} is up.${urls.length > 0 ? `\n\n${formatTable(urls)}` : ""}`);
  const suffix = stack.local ? "" : ` -- ${stack.stack}`;
  const steps = [
    ...(stack.local ? [["  npm run example", "predicts with real rows, then watches a shifted stream drift"]] : []),
    ...(stack.local ? [["  npm run status", "the services and how they are"]] : []),
    ...(stack.local ? [["  npm run logs -- serving", "what a service says"]] : []),
    [`  npm run outputs${suffix}`, "everything that the stack gives to applications"],
    [`  npm run down${suffix}`, "takes it all down again"],
  ];
  print(`\nNext:\n${formatTable(steps)}`);
}
