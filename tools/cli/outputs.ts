import { CliError } from "./cliError";
import type { CliContext } from "./context";
import { capture } from "./pulumi";
import { type OpenStack, openStack, pulumiFailure, stackExists } from "./stack";
import { parseStackArguments } from "./stackArguments";
import { suggest } from "./suggest";
import { formatTable } from "./table";

/** A stack's outputs by name, as JSON values; secrets read "[secret]" unless they were asked for. */
export type OutputValues = Readonly<Record<string, unknown>>;

const FORMATS: Readonly<Record<string, (outputs: OutputValues) => string>> = {
  table: (outputs) => formatTable(Object.entries(outputs).map(([name, value]) => [name, text(value)])),
  json: (outputs) => JSON.stringify(outputs, null, 2),
  env: (outputs) =>
    Object.entries(outputs)
      .map(([name, value]) => `${variableName(name)}=${shellWord(text(value))}`)
      .join("\n"),
};

/** `outputs [STACK] [--format table|json|env] [--show-secrets]`: what a stack gives to applications. */
export async function outputs(context: CliContext, args: readonly string[]): Promise<number> {
  const { format, rest } = takeFormat(args);
  const stack = await openStack(context, parseStackArguments(rest));
  if (!(await stackExists(stack))) throw noOutputs(stack.stack);
  const values = await readOutputs(stack, stack.flags);
  if (Object.keys(values).length === 0) throw noOutputs(stack.stack);
  context.print(format(values));
  return 0;
}

/** Reads the outputs of a stack that exists; `flags` go to `pulumi stack output`. */
export async function readOutputs(stack: OpenStack, flags: readonly string[]): Promise<OutputValues> {
  const answer = await capture(stack.pulumi, ["stack", "output", "--json", "--stack", stack.stack, ...flags]);
  if (answer.code !== 0) throw pulumiFailure(stack, answer);
  return JSON.parse(answer.stdout) as OutputValues;
}

/** Is it an address that a browser or an HTTP client opens? */
export function isUrl(value: unknown): value is string {
  return typeof value === "string" && /^https?:\/\//.test(value);
}

/** `servingUrl` becomes `TIDELINE_SERVING_URL`. */
export function variableName(output: string): string {
  const words = output.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_");
  return `TIDELINE_${words.toUpperCase()}`;
}

/** Quoted, where needed, so that a POSIX shell reads back exactly this text. */
export function shellWord(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

function takeFormat(args: readonly string[]): { format: (outputs: OutputValues) => string; rest: string[] } {
  const rest = [...args];
  const index = rest.findIndex((arg) => arg === "--format" || arg.startsWith("--format="));
  let name = "table";
  if (index >= 0) {
    const inline = rest[index]?.split("=")[1];
    name = inline ?? rest[index + 1] ?? "";
    rest.splice(index, inline === undefined ? 2 : 1);
  }
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (!format)
    throw new CliError(`There is no output format ${JSON.stringify(name)}. ${suggest(name, Object.keys(FORMATS))}`);
  return { format, rest };
}

function noOutputs(stack: string): CliError {
  const command = stack === "local" ? "npm run up" : `npm run up -- ${stack}`;
  return new CliError(`Stack ${stack} has no outputs, because it is not up. Bring it up first: ${command}`);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
