import { policy } from "../policy/policy";
import { rehearse } from "../rehearsal/rehearse";
import { render } from "../render/render";
import { CliError } from "./cliError";
import type { CliContext } from "./context";
import { down } from "./down";
import { logs } from "./logs";
import { outputs } from "./outputs";
import { passThrough } from "./passThrough";
import { preview } from "./preview";
import { status } from "./status";
import { suggest } from "./suggest";
import { formatTable } from "./table";
import { up } from "./up";

interface Command {
  readonly usage: string;
  readonly summary: string;
  /** Resolves to the exit code. */
  readonly run: (context: CliContext, args: readonly string[]) => Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  up: { usage: "[STACK] [pulumi flags]", summary: "bring a stack up; the stack is local unless named", run: up },
  preview: { usage: "[STACK] [pulumi flags]", summary: "show what up would change", run: preview },
  down: {
    usage: "[STACK] [--purge] [pulumi flags]",
    summary: "take a stack down; --purge removes local data",
    run: down,
  },
  outputs: {
    usage: "[STACK] [--format table|json|env]",
    summary: "print what a stack gives to applications",
    run: outputs,
  },
  rehearse: {
    usage: "STACK [--fault throttle|timeout|lost-answer|crash[:K]] [--json]",
    summary: "run a stack's whole life on simulated clouds, without an account",
    run: rehearse,
  },
  render: {
    usage: "STACK --out DIR",
    summary: "write every Kubernetes object of a stack as YAML",
    run: render,
  },
  policy: {
    usage: "STACK [--format table|json|sarif|junit] [--preview-only]",
    summary: "check a stack against the rules in policies/, on simulated clouds",
    run: policy,
  },
  status: { usage: "", summary: "list the local services", run: status },
  pulumi: {
    usage: "[pulumi arguments]",
    summary: "run pulumi itself, on stack local or PULUMI_STACK",
    run: passThrough,
  },
  logs: { usage: "SERVICE [--follow] [--lines N]", summary: "print a local service's log", run: logs },
};

/**
 * Runs one command line.
 * @returns the exit code
 * @throws {CliError} for a command there is not, or one that fails for a known reason.
 */
export async function runCommand(context: CliContext, argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === "help" || name === "--help") {
    context.print(help());
    return name === undefined ? 1 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new CliError(`There is no command ${name}. ${suggest(name, Object.keys(COMMANDS))}`);
  if (args.includes("--help") || args.includes("-h")) {
    context.print(`npm run ${name}${command.usage ? ` -- ${command.usage}` : ""}\n  ${command.summary}`);
    return 0;
  }
  return command.run(context, args);
}

function help(): string {
  const rows = Object.entries(COMMANDS).map(([name, { usage, summary }]) => [
    `  npm run ${name}${usage ? ` -- ${usage}` : ""}`,
    summary,
  ]);
  return `Tideline, the ML platform as code.\n\n${formatTable(rows)}`;
}
