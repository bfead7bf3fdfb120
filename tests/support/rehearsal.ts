import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext } from "../../tools/cli/context";
import { readSettings } from "../../tools/rehearsal/rehearse";
import { RehearsalSession, type Settings } from "../../tools/rehearsal/session";
import type { ControlPlanePrograms } from "../../tools/toolchain/controlPlane";
import type { Engine } from "./engine";

const ROOT = join(__dirname, "..", "..");

/**
 * A stack of this repository on simulated clouds of its own, in a folder that is removed after the file's last test.
 * With a control plane's programs its clusters are real, and the caller closes the session.
 */
export async function openRehearsal(
  engine: Engine,
  stack: string,
  settings?: Settings,
  controlPlane?: ControlPlanePrograms,
): Promise<RehearsalSession> {
  const folder = mkdtempSync(join(tmpdir(), "tideline-rehearsal-"));
  folders.push(folder);
  const context = createContext(ROOT, engine.env);
  return RehearsalSession.open({
    context,
    stack,
    settings: settings ?? committedSettings(stack),
    folder,
    ...(controlPlane ? { controlPlane } : {}),
  });
}

/** The settings of a stack's committed file. */
export function committedSettings(stack: string): Settings {
  return readSettings(createContext(ROOT, process.env), stack);
}

/** The settings with one value changed, added or, when undefined, removed: `aws.network.zones`. */
export function withSetting(settings: Settings, path: string, value: unknown): Settings {
  const copy = JSON.parse(JSON.stringify(settings)) as Record<string, unknown>;
  const [first = "", ...rest] = path.split(".");
  const steps = [`tideline:${first}`, ...rest];
  const last = steps.pop() ?? "";
  let node = copy;
  for (const step of steps) {
    node[step] ??= {};
    node = node[step] as Record<string, unknown>;
  }
  if (value === undefined) delete node[last];
  else node[last] = value;
  return copy;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
