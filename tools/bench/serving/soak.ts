import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readModelPackage, writeModelPackage } from "../../../services/runtime/modelPackage";
import { openObjectStore } from "../../../services/runtime/objectStore";
import { type Benchmark, BenchmarkError } from "../benchmark";
import { ROOT, startOurs } from "./contenders";
import { chooseGenerator } from "./load";
import { prepareMaterial } from "./material";

const CYCLES = 30;
const REQUESTS_A_CYCLE = 50;
const LOAD_SECONDS = 600;
const CONNECTIONS = 64;
const SAMPLE_MS = 5_000;
/** The heap grows to its working size first; the slope is of what comes after. */
const SETTLING_CYCLES = 5;
const SETTLING_SECONDS = 120;
const MODEL = "soak";

/** Memory in MiB at a time in its unit: cycles or minutes. */
type Sample = readonly [time: number, mebibytes: number];

/** `npm run bench -- soak`: 30 loads and unloads of a model and 10 minutes of load, and how the memory grew. */
export const soakBenchmark: Benchmark = async (progress) => {
  const folder = mkdtempSync(join(tmpdir(), "tideline-soak-"));
  try {
    const material = await prepareMaterial(ROOT, folder);
    const store = openObjectStore(material.storeUrl);
    const { card, ...rest } = await readModelPackage(store, "breast-cancer", "1");
    await writeModelPackage(store, { card: { ...card, name: MODEL }, ...rest });
    const { server } = await startOurs(ROOT, material, { MODEL_CONTROL: "explicit" });
    try {
      const { features } = JSON.parse(material.bodies[0] ?? "{}") as { features: number[] };
      const input = { name: "features", datatype: "FP32", shape: [1, features.length], data: features };
      const cycles: Sample[] = [];
      for (let cycle = 1; cycle <= CYCLES; cycle++) {
        await send(`${server.url}/v2/repository/models/${MODEL}/load`, "{}");
        for (let request = 0; request < REQUESTS_A_CYCLE; request++) {
          await send(`${server.url}/v2/models/${MODEL}/infer`, JSON.stringify({ inputs: [input] }));
        }
        await send(`${server.url}/v2/repository/models/${MODEL}/unload`, "{}");
        cycles.push([cycle, residentMebibytes(server.pid)]);
      }
      progress(
        `${CYCLES} loads and unloads: ${first(cycles)} MiB after the first, ${last(cycles)} MiB after the last.`,
      );
      const minutes = await sampleUnderLoad(server, material, progress);
      const settledCycles = cycles.filter(([cycle]) => cycle > SETTLING_CYCLES);
      const settledMinutes = minutes.filter(([minute]) => minute * 60 >= SETTLING_SECONDS);
      const report = {
        load_unload: {
          cycles: CYCLES,
          mib_first: first(cycles),
          mib_last: last(cycles),
          slope_mib_per_cycle: round(slope(settledCycles)),
        },
        load: {
          seconds: LOAD_SECONDS,
          connections: CONNECTIONS,
          mib_first: first(settledMinutes),
          mib_last: last(settledMinutes),
          slope_mib_per_minute: round(slope(settledMinutes)),
        },
      };
      const text = [
        `${CYCLES} loads and unloads: ${first(cycles)} MiB after the first, ${last(cycles)} after the last; slope after ${SETTLING_CYCLES}: ${report.load_unload.slope_mib_per_cycle} MiB a cycle.`,
        `${LOAD_SECONDS} s of load on ${CONNECTIONS} connections: ${report.load.mib_first} MiB after ${SETTLING_SECONDS} s, ${report.load.mib_last} at the end; slope: ${report.load.slope_mib_per_minute} MiB a minute.`,
      ];
      return { report, text: text.join("\n") };
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

async function sampleUnderLoad(
  server: { readonly url: string; readonly pid: number },
  { bodies, bodiesFile }: { readonly bodies: readonly string[]; readonly bodiesFile: string },
  progress: (line: string) => void,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const minutes = (performance.now() - startedAt) / 60_000;
    samples.push([minutes, residentMebibytes(server.pid)]);
    if (samples.length % 12 === 0) progress(`${minutes.toFixed(0)} min of load: ${last(samples)} MiB`);
  }, SAMPLE_MS);
  try {
    await chooseGenerator().run({
      ...{ url: `${server.url}/predict`, seconds: LOAD_SECONDS, connections: CONNECTIONS },
      ...{ bodies, bodiesFile, wrkScript: join(__dirname, "wrk.lua") },
    });
  } finally {
    clearInterval(timer);
  }
  return samples;
}

async function send(url: string, body: string): Promise<void> {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  const text = await answer.text();
  if (answer.status !== 200) throw new BenchmarkError(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
}

/** From /proc/PID/status (proc(5)). @throws {BenchmarkError} where the system has none. */
export function residentMebibytes(pid: number): number {
  try {
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return round(Number(kibibytes) / 1024);
  } catch (error) {
    throw new BenchmarkError(`The memory of process ${pid} cannot be read: ${(error as Error).message}`);
  }
}

/** The slope of the line through the samples with the least squares; 0 for fewer than two. */
export function slope(samples: readonly Sample[]): number {
  const mean = (index: 0 | 1) => samples.reduce((sum, sample) => sum + sample[index], 0) / samples.length;
  const [middle, level] = [mean(0), mean(1)];
  const spread = samples.reduce((sum, [time]) => sum + (time - middle) ** 2, 0);
  const joint = samples.reduce((sum, [time, value]) => sum + (time - middle) * (value - level), 0);
  return spread === 0 || samples.length < 2 ? 0 : joint / spread;
}

function first(samples: readonly Sample[]): number {
  return samples[0]?.[1] ?? Number.NaN;
}

function last(samples: readonly Sample[]): number {
  return samples.at(-1)?.[1] ?? Number.NaN;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
