import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark } from "../benchmark";
import {
  type Contender,
  ROOT,
  startBareHttp,
  startBentoMl,
  startFastApi,
  startMlServer,
  startOurs,
} from "./contenders";
import { chooseGenerator, type LoadGenerator } from "./load";
import { type Material, prepareMaterial } from "./material";
import { CORES } from "./process";
import { type PeerPython, peerPython } from "./python";
import {
  type Absent,
  bestRounds,
  doubts,
  type Measure,
  type PeerName,
  perCoreSecond,
  type Round,
  SATURATED,
  summarise,
  toReport,
  toText,
} from "./report";
import { verifyAnswers } from "./verify";

const CONNECTIONS = 64;
/** Rounds of each contender that count, and the most that are run to find as many with the core to itself. */
const ROUNDS = 5;
const MOST_ROUNDS = 15;
const ROUND_SECONDS = 3;
const WARM_UP_SECONDS = 3;

/**
 * Our /predict beside a bare node:http echo and the two FastAPI peers: all up at once, the servers on one core and the
 * load generator on the other, measured in turns, so that whatever else the machine does meets all of them alike.
 */
export const servingBenchmark: Benchmark = async (progress) => {
  const folder = mkdtempSync(join(tmpdir(), "tideline-bench-"));
  const contenders: Contender[] = [];
  const release = async () => {
    await Promise.all(contenders.splice(0).map(({ server }) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = () => void release().then(() => process.exit(130));
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const material = await prepareMaterial(ROOT, folder);
    const absent = await startAll(folder, material, contenders, progress);
    for (const contender of contenders) await verifyAnswers(contender, material);
    progress(`All answer the same probabilities for ${material.bodies.length} rows.`);
    const generator = chooseGenerator();
    const measures = await measureAll(contenders, material, generator, progress);
    const { ours, ...peers } = { ...absent, ...measures };
    const report = toReport(ours as Measure, peers as Record<PeerName, Measure | Absent>);
    for (const doubt of doubts(report)) progress(doubt);
    return { report: { ...report }, text: toText(report, conditions(generator)) };
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await release();
  }
};

/** Starts what this machine can run into `contenders`; returns the peers that it cannot. */
async function startAll(
  folder: string,
  material: Material,
  contenders: Contender[],
  progress: (line: string) => void,
): Promise<Partial<Record<PeerName, Absent>>> {
  progress("Starting our service and the bare echo ...");
  contenders.push(await startOurs(ROOT, material));
  contenders.push(await startBareHttp(folder));
  const python = await peerPython(process.env, progress);
  if ("absent" in python) {
    progress(python.absent);
    return { fastapi_onnxruntime: python, fastapi_sklearn: python, bentoml: python, mlserver: python };
  }
  progress("Starting the FastAPI peers ...");
  contenders.push(await startFastApi("onnxruntime", python, material));
  contenders.push(await startFastApi("sklearn", python, material));
  return startServers(folder, material, contenders, progress);
}

/** The model servers of others; each has packages of its own, which do not agree with one another's. */
async function startServers(
  folder: string,
  material: Material,
  contenders: Contender[],
  progress: (line: string) => void,
): Promise<Partial<Record<PeerName, Absent>>> {
  const absent: Partial<Record<PeerName, Absent>> = {};
  const servers = [
    ["bentoml", (python: PeerPython) => startBentoMl(python, material)],
    ["mlserver", (python: PeerPython) => startMlServer(folder, python, material)],
  ] as const;
  for (const [name, start] of servers) {
    const packages = { folder: `bench-venv-${name}`, packages: [name, "onnxruntime"] };
    const python = await peerPython(process.env, progress, packages);
    if ("absent" in python) {
      progress(python.absent);
      absent[name] = python;
    } else {
      progress(`Starting ${name} ...`);
      contenders.push(await start(python));
    }
  }
  return absent;
}

async function measureAll(
  contenders: readonly Contender[],
  material: Material,
  generator: LoadGenerator,
  progress: (line: string) => void,
): Promise<Partial<Record<Contender["name"], Measure>>> {
  const load = (contender: Contender, path: string, seconds: number) =>
    measureRound(contender, path, seconds, material, generator);
  const chosen = new Map<Contender, { path: string; rounds: Round[] }>();
  for (const contender of contenders) {
    let best = { path: contender.paths[0], speed: 0 };
    for (const path of contender.paths) {
      progress(`Warming up ${contender.name} ${path} ...`);
      const figures = await load(contender, path, WARM_UP_SECONDS);
      const speed = perCoreSecond(figures) ?? figures.requestsPerSecond;
      if (speed > best.speed) best = { path, speed };
    }
    chosen.set(contender, { path: best.path, rounds: [] });
  }
  const unfinished = () =>
    [...chosen].filter(([, { rounds }]) => rounds.filter(hadItsCore).length < ROUNDS && rounds.length < MOST_ROUNDS);
  for (let turn = unfinished(); turn.length > 0; turn = unfinished()) {
    for (const [contender, { path, rounds }] of turn) {
      const figures = await load(contender, path, ROUND_SECONDS);
      rounds.push(figures);
      const note = hadItsCore(figures) ? "" : ", without its core to itself: to be repeated";
      progress(`Round ${rounds.length}: ${contender.name} ${figures.requestsPerSecond.toFixed(0)} requests/s${note}`);
    }
  }
  return Object.fromEntries(
    [...chosen].map(([{ name, description, paths }, { path, rounds }]) => [
      name,
      summarise(
        paths.length > 1 ? `${description}, ${path.slice(1)} route (the faster)` : description,
        bestRounds(rounds, ROUNDS),
      ),
    ]),
  );
}

function hadItsCore({ serverCpu }: Round): boolean {
  return serverCpu === undefined || serverCpu >= SATURATED;
}

async function measureRound(
  { server, inference = false }: Contender,
  path: string,
  seconds: number,
  material: Material,
  generator: LoadGenerator,
): Promise<Round> {
  const cpuBefore = server.cpuSeconds();
  const { seconds: loaded, ...figures } = await generator.run({
    url: `${server.url}${path}`,
    seconds,
    connections: CONNECTIONS,
    bodiesFile: inference ? material.inferBodiesFile : material.bodiesFile,
    bodies: inference ? material.inferBodies : material.bodies,
    wrkScript: join(__dirname, "wrk.lua"),
  });
  const cpuAfter = server.cpuSeconds();
  const known = cpuBefore !== undefined && cpuAfter !== undefined;
  return { ...figures, serverCpu: known ? (cpuAfter - cpuBefore) / loaded : undefined };
}

function conditions({ name }: LoadGenerator): string {
  const cores = CORES
    ? `servers on core ${CORES.server}, generator on core ${CORES.generator}`
    : "processes NOT pinned to cores (needs Linux with taskset and two cores)";
  return `${CONNECTIONS} connections, closed loop, rounds of ${ROUND_SECONDS} s in turns, medians of the ${ROUNDS} (of at most ${MOST_ROUNDS}) with most processor time; generator ${name}; ${cores}.`;
}
