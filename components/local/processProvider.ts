import { rmSync } from "node:fs";
import { bundleService, writeBundle } from "./bundle";
import { changedInputs } from "./changedInputs";
import { type RunRecord, readRecord } from "./runRecord";
import { isHealthy, portProblem, start, stop } from "./supervisor";

/** Inputs of a local process, as the engine keeps them. */
export interface ProcessInputs {
  /** The service's name and its folder below `services/`. */
  service: string;
  /** Folder of stack `local`'s files. */
  home: string;
  /** Hash of the service's bundled code; another hash replaces the process. */
  bundle: string;
  environment: Record<string, string>;
  host: string;
  port: number;
  /** That it listens on beside `port`. */
  furtherPorts?: number[];
  protocol: "http" | "postgres";
  health: string | null;
  readySeconds: number;
  drainSeconds: number;
}

/** A running process as the engine keeps it: the inputs and what the start gave. */
export interface ProcessOutputs extends ProcessInputs {
  url: string;
  pid: number;
  logFile: string;
}

interface Difference {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/** Refuses a taken port while planning, before anything is started. Our own services may hold it: they move or stop. */
export async function check(inputs: ProcessInputs): Promise<{ property: string; reason: string }[]> {
  const records = ["serving", "drift", "metadata"].map((name) => readRecord(inputs.home, name));
  const held = records.flatMap((record) => (record ? [record.port, ...(record.furtherPorts ?? [])] : []));
  const problems = await Promise.all(
    [inputs.port, ...(inputs.furtherPorts ?? [])].map(async (port, index) => {
      const problem = held.includes(port) ? undefined : await portProblem(inputs.host, port);
      const property = index === 0 ? "port" : `furtherPorts[${index - 1}]`;
      return problem ? [{ property, reason: `The ${inputs.service} service cannot start: ${problem}` }] : [];
    }),
  );
  return problems.flat();
}

/** A changed input replaces the process, the old one first because both want the port; a dead one is started again. */
export async function diff(olds: ProcessOutputs, news: ProcessInputs): Promise<Difference> {
  const replaces = changedInputs<ProcessInputs>(olds, news);
  const changes = replaces.length > 0 || !(await isHealthy(olds.home, olds.service));
  return { changes, replaces, deleteBeforeReplace: true };
}

export async function create(root: string, inputs: ProcessInputs): Promise<ProcessOutputs> {
  const file = writeBundle(root, inputs.service, bundleService(root, inputs.service));
  const { service: name, ...spec } = inputs;
  return withRecord(inputs, await start({ ...spec, name, file }));
}

/** What the engine should know of a process: undefined once it runs no more. */
export async function read(state: ProcessOutputs): Promise<ProcessOutputs | undefined> {
  const record = readRecord(state.home, state.service);
  return record && (await isHealthy(state.home, state.service)) ? withRecord(state, record) : undefined;
}

export async function remove(root: string, state: ProcessOutputs): Promise<void> {
  await stop(state.home, state.service, state.drainSeconds);
  rmSync(`${root}/node_modules/.cache/tideline/${state.service}-${state.bundle}.cjs`, { force: true });
}

function withRecord(inputs: ProcessInputs, { url, pid, logFile }: RunRecord): ProcessOutputs {
  return { ...inputs, url, pid, logFile };
}
