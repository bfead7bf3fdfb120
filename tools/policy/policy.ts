import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENVIRONMENT_VARIABLE } from "../../policies/environment";
import { ENVIRONMENTS, type Environment, levelOf } from "../../policies/frame/rule";
import { RULES, RULES_BY_SUBJECT } from "../../policies/rules";
import { CliError } from "../cli/cliError";
import type { CliContext } from "../cli/context";
import { checkStack, parseStackArguments } from "../cli/stackArguments";
import { readSettings } from "../rehearsal/rehearse";
import { type Operation, RehearsalSession, type Settings } from "../rehearsal/session";
import { policiesDocument } from "./document";
import { FORMATS, type Format } from "./formats";
import { buildPack } from "./pack";
import { isUndecided, type PolicyReport, reportOf, violationsOf } from "./report";

interface PolicyArguments {
  readonly stack: string;
  readonly format: Format;
  readonly previewOnly: boolean;
}

/**
 * `policy STACK [--format table|json|sarif|junit] [--preview-only]`: checks a stack on simulated clouds.
 * `policy --document` writes docs/policies.md.
 */
export async function policy(context: CliContext, args: readonly string[]): Promise<number> {
  if (args.length === 1 && args[0] === "--document") {
    writeFileSync(join(context.projectFolder, "docs/policies.md"), policiesDocument(RULES_BY_SUBJECT));
    return 0;
  }
  const { stack, format, previewOnly } = parseArguments(context, args);
  const settings = readSettings(context, stack);
  const environment = environmentOf(settings, stack);
  const folder = join(context.home, "policy", stack);
  const env = { ...context.env, [ENVIRONMENT_VARIABLE]: environment };
  context.note(`Checking stack ${stack} on simulated clouds; no account is touched.`);
  const session = await RehearsalSession.open({ context: { ...context, env }, stack, settings, folder });
  const report = await checkWithPack(session, { stack, environment, folder, previewOnly, note: context.note });
  context.print(FORMATS[format](report));
  return report.passed ? 0 : 1;
}

/** What to check, and how far to go. */
export interface PolicyPlan extends Pick<PolicyReport, "stack" | "environment"> {
  readonly folder: string;
  /** Leaves rules that need values of made resources undecided, as any preview does. */
  readonly previewOnly: boolean;
  readonly note: (line: string) => void;
}

/**
 * A preview under the pack; and where rules wait for values that only made resources have, an `up` on the simulated
 * clouds, in which all are known.
 * @throws {CliError} when the engine fails for another reason than a rule
 */
export async function checkWithPack(session: RehearsalSession, plan: PolicyPlan): Promise<PolicyReport> {
  const flags = packFlags(plan);
  const preview = await session.preview(flags);
  requireSuccess("preview", preview);
  const waiting = preview.violations.filter(isUndecided).length;
  if (waiting === 0 || plan.previewOnly) return reportOf(plan, RULES, violationsOf(preview));
  plan.note(`  ${waiting} checks need values that a preview does not have; making the stack on simulated clouds.`);
  const up = await session.up(undefined, flags);
  requireSuccess("up", up);
  return reportOf(plan, RULES, violationsOf(up));
}

/** Flags of the engine that check with the pack, and let it go on after a finding, so that all are seen. */
export function packFlags({ folder, environment }: Pick<PolicyPlan, "folder" | "environment">): readonly string[] {
  const mandatory = RULES.filter((rule) => levelOf(rule, environment) === "mandatory").map(({ name }) => name);
  const levels = [...mandatory, "exception-expired"].map((name) => [name, "advisory"]);
  const file = join(folder, "policies.json");
  writeFileSync(file, JSON.stringify(Object.fromEntries(levels)));
  return ["--policy-pack", buildPack(folder), "--policy-pack-config", file];
}

function requireSuccess(name: string, { code, errors, output }: Operation): void {
  if (code === 0) return;
  throw new CliError(`The rules could not be checked, because ${name} failed: ${errors.join("\n") || output}`);
}

function environmentOf(settings: Settings, stack: string): Environment {
  const value = settings["tideline:environment"];
  const found = ENVIRONMENTS.find((environment) => environment === value);
  if (found) return found;
  throw new CliError(`Pulumi.${stack}.yaml has environment ${String(value)}; it must be ${ENVIRONMENTS.join(", ")}.`);
}

function parseArguments(context: CliContext, args: readonly string[]): PolicyArguments {
  const rest = [...args];
  const formats = Object.keys(FORMATS).join(", ");
  const at = rest.findIndex((arg) => arg === "--format" || arg.startsWith("--format="));
  const [flag = "--format", value] = at < 0 ? ["--format", "table"] : rest.splice(at, rest[at]?.includes("=") ? 1 : 2);
  const format = flag.includes("=") ? flag.slice(flag.indexOf("=") + 1) : value;
  if (format === undefined || !isFormat(format))
    throw new CliError(`--format takes one of ${formats}; found ${format}.`);
  const named = parseStackArguments(rest.filter((arg) => arg !== "--preview-only"));
  if (named.flags.length > 0) {
    throw new CliError(`policy has no flag ${named.flags[0]}; it has --format and --preview-only.`);
  }
  if (!rest.some((arg) => !arg.startsWith("-"))) throw new CliError("Name the stack to check: npm run policy -- prod");
  checkStack(named, context.projectFolder);
  if (named.stack === "local") {
    throw new CliError("Stack local has no clouds, so the rules have nothing to say about it. Name another stack.");
  }
  return { stack: named.stack, format, previewOnly: rest.includes("--preview-only") };
}

function isFormat(value: string): value is Format {
  return Object.hasOwn(FORMATS, value);
}
