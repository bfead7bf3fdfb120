import { readdirSync } from "node:fs";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { CliError } from "./cliError";
import { suggest } from "./suggest";

/** A stack and the flags that are passed on to pulumi as they are. */
export interface StackArguments {
  readonly stack: string;
  readonly flags: readonly string[];
}

/**
 * Pulumi's flags that take their value from the next argument; without this list the value in `--message hello` would
 * pass for a stack. From `pulumi up|preview|destroy|refresh --help` of the pinned version.
 */
const VALUE_FLAGS: NonNullable<ParseArgsConfig["options"]> = {
  ...Object.fromEntries(
    [
      "color",
      "config-file",
      "import-file",
      "memprofilerate",
      "otel-traces",
      "override-env",
      "plan",
      "policy-pack",
      "policy-pack-config",
      "profiling",
      "replace",
      "save-plan",
      "secrets-provider",
      "target-replace",
      "tracing",
    ].map((name) => [name, { type: "string" }]),
  ),
  config: { type: "string", short: "c" },
  cwd: { type: "string", short: "C" },
  exclude: { type: "string", short: "x" },
  message: { type: "string", short: "m" },
  parallel: { type: "string", short: "p" },
  stack: { type: "string", short: "s" },
  target: { type: "string", short: "t" },
  verbose: { type: "string", short: "v" },
};

/**
 * Splits `[STACK] [pulumi flags]`; the stack may also be given as `--stack STACK`.
 * @throws {CliError} when more than one stack is named.
 */
export function parseStackArguments(args: readonly string[]): StackArguments {
  const { tokens } = parseArgs({
    args: [...args],
    options: VALUE_FLAGS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const named: string[] = [];
  const taken = new Set<number>();
  for (const token of tokens) {
    if (token.kind === "positional") {
      named.push(token.value);
      taken.add(token.index);
    } else if (token.kind === "option" && token.name === "stack") {
      named.push(token.value ?? "");
      taken.add(token.index);
      if (token.inlineValue === false) taken.add(token.index + 1);
    }
  }
  if (named.length > 1) throw new CliError(`One command works on one stack; found ${named.join(" and ")}.`);
  if (named[0] === "") throw new CliError("--stack needs the name of a stack, such as local.");
  return { stack: named[0] ?? "local", flags: args.filter((_, index) => !taken.has(index)) };
}

/** The stacks that a project has settings for: NAME of each Pulumi.NAME.yaml. */
export function knownStacks(projectFolder: string): string[] {
  const names = readdirSync(projectFolder).map((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1]);
  return names.filter((name) => name !== undefined).sort();
}

/**
 * Refuses a stack that has no settings file, unless the flags bring one.
 * @throws {CliError} with the stacks there are.
 */
export function checkStack({ stack, flags }: StackArguments, projectFolder: string): void {
  const known = knownStacks(projectFolder);
  if (configFile({ flags }).length > 0 || known.includes(shortName(stack))) return;
  throw new CliError(
    `There is no stack ${stack}: no Pulumi.${shortName(stack)}.yaml holds its settings. ${suggest(shortName(stack), known)}`,
  );
}

/** The flags that name another settings file, if any. */
export function configFile({ flags }: Pick<StackArguments, "flags">): string[] {
  return flags.flatMap((flag, index) => {
    if (flag.startsWith("--config-file=")) return [flag];
    return flag === "--config-file" ? flags.slice(index, index + 2) : [];
  });
}

/** The last part of `organization/project/stack`. */
export function shortName(stack: string): string {
  return stack.slice(stack.lastIndexOf("/") + 1);
}
