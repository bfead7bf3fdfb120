import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { CliError } from "../cli/cliError";
import type { CliContext } from "../cli/context";
import { checkStack, parseStackArguments } from "../cli/stackArguments";
import { readSettings } from "../rehearsal/rehearse";
import { RehearsalSession } from "../rehearsal/session";
import { renderBundle } from "./bundle";

/** File by which a folder is known to hold a bundle and nothing else, so that it may be emptied. */
const MARKER = ".tideline-render";

/** `render STACK --out DIR`: writes every Kubernetes object of a stack as YAML, for reviewers, GitOps and scanners. */
export async function render(context: CliContext, args: readonly string[]): Promise<number> {
  const { stack, out } = parseArguments(context, args);
  context.note(`Making stack ${stack} on simulated clouds, to render what it puts on their clusters ...`);
  const folder = mkdtempSync(join(tmpdir(), "tideline-render-"));
  try {
    const session = await RehearsalSession.open({ context, stack, settings: readSettings(context, stack), folder });
    const { code, errors, output } = await session.up();
    if (code !== 0) throw new CliError(`Stack ${stack} cannot be made: ${errors.join("\n  ") || output}`);
    const files = renderBundle(session.worlds());
    if (files.size === 0) {
      throw new CliError(
        `Stack ${stack} puts nothing on its clusters. Name the section tideline:kubernetes in Pulumi.${stack}.yaml.`,
      );
    }
    writeBundle(out, files);
    const clusters = new Set([...files.keys()].map((path) => path.split("/")[0]));
    context.print(`Wrote ${files.size} objects of ${clusters.size} clusters to ${out}.`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parseArguments(context: CliContext, args: readonly string[]): { stack: string; out: string } {
  const rest = [...args];
  const at = rest.findIndex((arg) => arg === "--out" || arg.startsWith("--out="));
  const [flag = "", value] = at < 0 ? [] : rest.splice(at, rest[at]?.includes("=") ? 1 : 2);
  const out = flag.includes("=") ? flag.slice(flag.indexOf("=") + 1) : value;
  if (!out) throw new CliError("Name the folder to write to: npm run render -- prod --out bundle");
  if (!rest.some((arg) => !arg.startsWith("-")))
    throw new CliError("Name the stack: npm run render -- prod --out bundle");
  const named = parseStackArguments(rest);
  if (named.flags.length > 0) throw new CliError(`render has no flag ${named.flags[0]}; it has --out.`);
  checkStack(named, context.projectFolder);
  if (named.stack === "local") throw new CliError("Stack local has no cluster to render for; it runs processes.");
  return { stack: named.stack, out: checkFolder(resolve(out)) };
}

/** A folder that holds anything but an earlier bundle is not written to, since a bundle replaces all that is there. */
function checkFolder(out: string): string {
  const free = !existsSync(out) || readdirSync(out).length === 0 || existsSync(join(out, MARKER));
  if (free) return out;
  throw new CliError(`${out} holds other things than a rendered bundle. Name a new or an empty folder.`);
}

function writeBundle(out: string, files: ReadonlyMap<string, string>): void {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, MARKER), "Everything here is replaced by the next `npm run render`.\n");
  for (const [path, text] of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
}
