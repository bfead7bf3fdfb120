import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { CliError } from "../cli/cliError";
import type { CliContext } from "../cli/context";
import { checkStack, parseStackArguments } from "../cli/stackArguments";
import { resolveControlPlane } from "../toolchain/controlPlane";
import { audit } from "./audit";
import { countSteps, type Step } from "./engineEvents";
import { type Fault, formatFault, parseFault } from "./faults";
import { recover } from "./recover";
import { countResources, formatReport, type Phase, type Report } from "./report";
import { type Operation, RehearsalSession, type Settings } from "./session";

/** Runs of the engine for one operation under faults, after which something is wrong beyond the faults. */
const MOST_ATTEMPTS = 60;

/** `rehearse STACK [--fault KIND[:K]] [--json]`: the whole life of a stack on simulated clouds. */
export async function rehearse(context: CliContext, args: readonly string[]): Promise<number> {
  const { stack, fault, json } = parseArguments(context, args);
  const folder = join(context.home, "rehearsal", stack);
  if (!json) context.note(`Rehearsing stack ${stack} on simulated clouds; no account is touched.`);
  const settings = readSettings(context, stack);
  const controlPlane = await controlPlaneFor(settings, context);
  const session = await RehearsalSession.open({ context, stack, settings, folder, ...controlPlane });
  try {
    const report = await rehearseStack(session, { stack, settings, fault, note: json ? () => {} : context.note });
    context.print(json ? JSON.stringify(report, null, 2) : formatReport(report));
    return report.problems.length === 0 ? 0 : 1;
  } finally {
    await session.close();
  }
}

/** Only a stack with Kubernetes objects needs the programs, which are built when they are wanted first. */
async function controlPlaneFor(settings: Settings, { env, note }: CliContext) {
  if (settings["tideline:kubernetes"] === undefined) return {};
  return { controlPlane: await resolveControlPlane({ env, report: note }) };
}

const PROTECTION = "tideline:deletionProtection";

function isProtected(settings: Settings): boolean {
  return settings[PROTECTION] === undefined
    ? settings["tideline:environment"] === "prod"
    : settings[PROTECTION] === true;
}

/** What a rehearsal goes through. */
export interface RehearsalPlan {
  readonly stack: string;
  readonly settings: Settings;
  readonly fault: Fault | undefined;
  /** Tells the person who waits how far it is. */
  readonly note: (line: string) => void;
}

/** Preview, up, a second up that must change nothing, destroy that must leave nothing. */
export async function rehearseStack(session: RehearsalSession, plan: RehearsalPlan): Promise<Report> {
  const { stack, settings, fault, note } = plan;
  const started = performance.now();
  const problems: string[] = [];
  const phases: Phase[] = [];
  const run = async (name: Phase["name"], operate: () => Promise<Operation>) => {
    const { phase, failure } = await runPhase(session, name, operate);
    note(`  ${name}: ${phase.seconds.toFixed(1)} s`);
    phases.push(phase);
    if (failure) problems.push(`${name} failed: ${failure}`);
    return failure === undefined;
  };
  const planned = await run("preview", () => session.preview());
  const up = planned && (await run("up", () => session.up(fault)));
  const worlds = session.worlds();
  if (up) {
    problems.push(...(await disagreements(session)));
    await run("second up", () => session.up());
    const steps = Object.keys(phases.at(-1)?.steps ?? {});
    if (steps.length > 0) problems.push(`A second up without change did something: ${steps.join(", ")}.`);
  }
  if (up && isProtected(settings)) {
    // As docs/runbooks/destroy.md has it: protection is turned off by an up of its own, which a person can refuse.
    session.configure({ ...settings, [PROTECTION]: false });
    await run("unprotect", () => session.up());
  }
  if (planned) await run("destroy", () => session.destroy(fault));
  const left = Object.values(session.worlds()).flatMap(({ resources }) => resources.map(({ urn }) => urn));
  if (left.length > 0) problems.push(`Destroy left ${left.length} resources behind.`);
  const total = Object.values(worlds).reduce((sum, { resources }) => sum + resources.length, 0);
  return {
    stack,
    simulated: true,
    fault: fault ? formatFault(fault) : null,
    phases,
    resources: countResources(worlds),
    total,
    waitedSeconds: Object.values(worlds).reduce((sum, { waited }) => sum + waited, 0),
    left,
    seconds: (performance.now() - started) / 1000,
    problems,
  };
}

/** Repeats an operation for as long as simulated faults stop it, setting right after each what a person would. */
export async function runPhase(
  session: RehearsalSession,
  name: Phase["name"],
  operate: () => Promise<Operation>,
): Promise<{ readonly phase: Phase; readonly failure: string | undefined }> {
  const started = performance.now();
  const steps: Step[] = [];
  const adopted: string[] = [];
  const removed: string[] = [];
  let attempts = 0;
  let failure: string | undefined;
  do {
    attempts += 1;
    const operation = await operate();
    steps.push(...operation.steps);
    failure = operation.code === 0 ? undefined : reasonOf(operation);
    if (failure === undefined || !isSimulated(operation)) break;
    const recovery = await recover(session);
    adopted.push(...recovery.adopted);
    removed.push(...recovery.removed);
  } while (attempts < MOST_ATTEMPTS);
  const replacements = steps.filter(({ op }) => op === "replace").map(({ urn }) => urn);
  const seconds = (performance.now() - started) / 1000;
  return { phase: { name, seconds, attempts, steps: countSteps(steps), replacements, adopted, removed }, failure };
}

function isSimulated({ finished, errors }: Operation): boolean {
  return !finished || errors.some((error) => error.includes("(simulated fault)"));
}

function reasonOf({ errors, output }: Operation): string {
  const own = errors.filter((error) => !/^(update|preview|destroy) failed$/.test(error));
  return own.length > 0 ? own.join("\n    ") : output;
}

async function disagreements(session: RehearsalSession): Promise<string[]> {
  const { orphans, duplicates, missing } = audit(await session.deployment(), session.worlds());
  return [
    ...orphans.map(({ urn, id }) => `${id} exists in its cloud and the engine does not know of it (${urn}).`),
    ...duplicates.map((urn) => `${urn} exists more than once.`),
    ...missing.map((urn) => `The engine believes in ${urn}, which no cloud has.`),
  ];
}

function parseArguments(context: CliContext, args: readonly string[]) {
  const rest = [...args];
  const json = take(rest, "--json");
  const at = rest.findIndex((arg) => arg === "--fault" || arg.startsWith("--fault="));
  const [flag = "", value = ""] = at < 0 ? [] : rest.splice(at, rest[at]?.includes("=") ? 1 : 2);
  const text = flag.includes("=") ? flag.slice(flag.indexOf("=") + 1) : value;
  if (!rest.some((arg) => !arg.startsWith("-"))) {
    throw new CliError("Name the stack to rehearse: npm run rehearse -- prod");
  }
  const named = parseStackArguments(rest);
  if (named.flags.length > 0) throw new CliError(`rehearse has no flag ${named.flags[0]}; it has --fault and --json.`);
  checkStack(named, context.projectFolder);
  if (named.stack === "local") {
    throw new CliError("Stack local needs no rehearsal: it runs on this machine, and costs nothing. npm run up");
  }
  try {
    return { stack: named.stack, json, fault: at < 0 ? undefined : parseFault(text) };
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

function take(args: string[], flag: string): boolean {
  const at = args.indexOf(flag);
  if (at >= 0) args.splice(at, 1);
  return at >= 0;
}

/** The stack's settings, with a stand-in for secrets: their key belongs to the real state, and no secret is needed here. */
export function readSettings(context: CliContext, stack: string): Settings {
  const file = join(context.projectFolder, `Pulumi.${stack}.yaml`);
  const { config = {} } = load(readFileSync(file, "utf8")) as { config?: Record<string, unknown> };
  return withoutSecrets(config) as Settings;
}

/** In place of every secret: keys may be any text, addresses must look like one. */
const SECRET = "https://rehearsal.example/a-secret";

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === "secure") return SECRET;
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutSecrets(member)]));
}
