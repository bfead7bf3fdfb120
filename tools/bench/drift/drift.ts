import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KOLMOGOROV_SMIRNOV_EXACT_LIMIT } from "../../../services/drift/statistics/kolmogorovSmirnov";
import type { Benchmark } from "../benchmark";
import { CORES } from "../serving/process";
import { type PeerPython, peerPython } from "../serving/python";
import type { Absent } from "../serving/report";
import { Contender, type Round } from "./contender";
import { figuresOf, PAIRS, requireAgreement, type SizeFigures, toText } from "./figures";
import { type TableSize, writeTable } from "./tables";

/** Sizes, the rounds of each, and whether --quick measures them. The ratios of the report are those of `HEADLINE`. */
const SIZES = [
  { rows: 10_000, columns: 30, rounds: 3, quick: false },
  { rows: 100_000, columns: 30, rounds: 3, quick: true },
  { rows: 1_000_000, columns: 30, rounds: 1, quick: false },
  { rows: 100_000, columns: 300, rounds: 1, quick: false },
] as const;
/** What every case is run on first, so that no round meets code that is not loaded or compiled yet. */
const WARM_UP = { rows: 20_000, columns: 3 };
const HEADLINE = SIZES[1];
/** Ours takes so little time that more rounds cost nothing, and say more. */
const OUR_ROUNDS = 9;
const OUR_CASES = ["cold", "stored", "psi_cold", "ks_cold", "psi_loop", "stream"];
const PEER_CASES = ["evidently", "evidently_psi", "alibi_ks", "scipy_ks", "numpy_psi"];

/** Packages of the peers, the latest that install together. */
export const DRIFT_PEERS = { folder: "bench-drift-venv", packages: ["evidently", "alibi-detect", "numpy", "scipy"] };

const CONDITIONS = [
  "Each contender is one process with one thread on one core; the tables lie in its memory as columns of doubles before the",
  "clock starts (pandas for Evidently, rows for alibi-detect, contiguous columns for numpy and scipy, typed arrays for us).",
  "cold: both tables summarised and compared, the whole report. stored: the reference summarised before. psi_cold and ks_cold:",
  "the same with that test on every column, the rest of the report included, where numpy and scipy do the test alone.",
  "psi_loop: the stability index of every column and nothing else, as the numpy loop has it.",
  "stream: the window's rows into mergeable sketches, 1,024 at a time, and these compared. Answers agree to 1e-6, column by column.",
];

/** `npm run bench -- drift`: comparing tables, ours beside Evidently, alibi-detect, scipy and numpy. */
export const driftBenchmark: Benchmark = async (progress, { quick }) => {
  const folder = mkdtempSync(join(tmpdir(), "tideline-bench-"));
  const contenders: Contender[] = [];
  const release = async () => {
    await Promise.all(contenders.splice(0).map((contender) => contender.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = () => void release().then(() => process.exit(130));
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const python = await peerPython(process.env, progress, DRIFT_PEERS);
    if ("absent" in python) progress(python.absent);
    const ours = new Contender("Tideline", [
      process.execPath,
      ...["--expose-gc", "--max-old-space-size=8192", "--import", "tsx", join(__dirname, "ours.ts")],
    ]);
    contenders.push(ours);
    const peers =
      "absent" in python
        ? undefined
        : new Contender("The peers", [python.python, join(__dirname, "peers", "drift.py")]);
    if (peers) contenders.push(peers);
    progress("Warming up ...");
    await loadTables(WARM_UP, folder, contenders);
    for (let i = 0; i < OUR_ROUNDS; i++) for (const name of OUR_CASES) await ours.round(name);
    if (peers) for (const name of PEER_CASES) await peers.round(name);
    const sizes: SizeFigures[] = [];
    for (const size of SIZES.filter((one) => one.quick || !quick)) {
      sizes.push(await measure(size, { folder, ours, peers, python, progress }));
    }
    return { report: reportOf(sizes, python), text: toText(sizes, [...CONDITIONS, coreLine()]) };
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await release();
  }
};

interface Stage {
  readonly folder: string;
  readonly ours: Contender;
  readonly peers: Contender | undefined;
  readonly python: PeerPython | Absent;
  readonly progress: (line: string) => void;
}

async function measure(size: TableSize & { readonly rounds: number }, stage: Stage): Promise<SizeFigures> {
  const { folder, ours, peers, python, progress } = stage;
  const { rows, columns } = size;
  progress(`${rows} rows x ${columns} columns: writing and loading tables ...`);
  await loadTables(size, folder, peers ? [ours, peers] : [ours]);
  const rounds = new Map<string, Round[]>();
  const run = async (contender: Contender, name: string, times: number) => {
    const found = [];
    for (let i = 0; i < times; i++) found.push(await contender.round(name));
    rounds.set(name, found);
    progress(`  ${name}: ${found.map(({ cpu }) => cpu.toPrecision(3)).join(", ")} s of processor`);
  };
  for (const name of OUR_CASES) await run(ours, name, OUR_ROUNDS);
  if (peers) {
    for (const name of PEER_CASES) await run(peers, name, size.rounds);
    for (const [pair, names] of Object.entries(PAIRS)) {
      const [mine, theirs] = [rounds.get(names.ours)?.[0], rounds.get(names.theirs)?.[0]];
      if (mine && theirs && comparable(names.theirs, rows)) requireAgreement(pair, mine.values, theirs.values);
    }
  }
  return figuresOf({ rows, columns }, rounds, "absent" in python ? python : undefined);
}

/**
 * Evidently bins numbers by its own rule for PSI, so there only the same work is done, not the same sum; alibi-detect
 * takes the asymptotic p-value of small samples too, where ours is exact.
 */
function comparable(theirs: string, rows: number): boolean {
  return theirs !== "evidently_psi" && (theirs !== "alibi_ks" || rows > KOLMOGOROV_SMIRNOV_EXACT_LIMIT);
}

async function loadTables(size: TableSize, folder: string, contenders: readonly Contender[]): Promise<void> {
  const { rows, columns } = size;
  const [reference, window] = [join(folder, "reference"), join(folder, "window")];
  writeTable(reference, size, "reference");
  writeTable(window, size, "window");
  for (const contender of contenders) await contender.load({ rows, columns, reference, window });
}

function reportOf(sizes: readonly SizeFigures[], python: PeerPython | Absent): Record<string, unknown> {
  const headline = sizes.find(({ rows, columns }) => rows === HEADLINE.rows && columns === HEADLINE.columns);
  return {
    ratios: headline?.ratios ?? {},
    ratios_of: { rows: HEADLINE.rows, columns: HEADLINE.columns, unit: "theirs / ours, processor seconds" },
    stream_rows_per_second: headline?.stream_rows_per_second ?? null,
    sizes,
    versions: "absent" in python ? python : { node: process.versions.node, ...python.versions },
    conditions: [...CONDITIONS, coreLine()].join(" "),
  };
}

function coreLine(): string {
  return CORES ? `Pinned to core ${CORES.server}.` : "Processes are NOT pinned to a core (needs Linux with taskset).";
}
