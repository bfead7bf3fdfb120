/**
 * A simulated provider plugin: `node plugin.cjs PACKAGE ENGINE_ADDRESS`. The engine starts it, reads the port from its
 * output and ends it by closing its input; so a killed engine leaves no plugin behind.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processStart } from "../../services/runtime/processIdentity";
import { openCatalogue } from "./catalogues";
import { FaultCounter, parseFault } from "./faults";
import { FAULT_VARIABLE, rehearsalFolder, rehearsalPaths } from "./guard";
import { CLUSTERS_VARIABLE } from "./kubernetes/clusterLink";
import { ClusterProvider } from "./kubernetes/clusterProvider";
import { serveProvider } from "./pluginServer";
import { SimulatedProvider } from "./provider";
import { World } from "./world";

const CRASH_DELAY_MS = 200;

async function main(name: string): Promise<void> {
  const { env } = process;
  const catalogue = openCatalogue(name);
  let folder: string | undefined;
  let refusal: Error | undefined;
  try {
    folder = rehearsalFolder(env);
  } catch (error) {
    refusal = error as Error;
  }
  const guard = () => {
    if (refusal) throw refusal;
  };
  const paths = rehearsalPaths(folder ?? "");
  if (folder) leaveTrace(paths.processes);
  const fault = env[FAULT_VARIABLE];
  const args = {
    catalogue,
    world: new World(paths.clouds, name),
    faults: new FaultCounter(paths.faults, fault ? parseFault(fault) : undefined),
    crash: async () => {
      // The engine writes down what it was told before, so that every run gets further than the one before it.
      await sleep(CRASH_DELAY_MS);
      process.kill(process.ppid, "SIGKILL");
      return new Promise<never>(() => {});
    },
  };
  const clusters = env[CLUSTERS_VARIABLE];
  const provider =
    name === "kubernetes" && clusters ? new ClusterProvider({ ...args, clusters }) : new SimulatedProvider(args);
  console.log(String(await serveProvider(provider, guard)));
}

/** A file that tells `rehearse` that this process is still at work, though its engine may be gone. */
function leaveTrace(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, String(process.pid));
  writeFileSync(file, JSON.stringify({ pid: process.pid, processStart: processStart(process.pid) ?? "" }));
  process.once("exit", () => rmSync(file, { force: true }));
}

process.stdin.resume().once("end", () => process.exit(0));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));
main(process.argv[2] ?? "").catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
