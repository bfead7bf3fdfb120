/** One contender under load for some seconds. */
export interface Round {
  readonly requestsPerSecond: number;
  /** Latencies as the load generator saw them, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Share of its core that the server used; undefined where the system does not tell. */
  readonly serverCpu: number | undefined;
}

/** Below this share of its core a server was waiting, for requests or for the processor. */
export const SATURATED = 0.9;

/**
 * The rounds that count: those in which the server had most of its core, since other work on the machine slows whoever
 * it meets. The choice looks at the processor only, never at the speed.
 */
export function bestRounds(rounds: readonly Round[], count: number): Round[] {
  return [...rounds].sort((a, b) => (b.serverCpu ?? 0) - (a.serverCpu ?? 0)).slice(0, count);
}

/** A contender's figures: the median of its rounds each, and the rounds' requests per second. */
export interface Measure {
  readonly requests_per_second: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  /** Share of its core that the server used; null where the system does not tell. */
  readonly server_cpu: number | null;
  /** Requests per second of processor time: what it would do if nothing else wanted the core. */
  readonly requests_per_core_second: number | null;
  readonly rounds: readonly number[];
  /** What was run. */
  readonly description: string;
}

/** A peer that this machine cannot run, and why. */
export interface Absent {
  readonly absent: string;
}

export const PEERS = ["bare_http", "fastapi_onnxruntime", "fastapi_sklearn", "bentoml", "mlserver"] as const;
export type PeerName = (typeof PEERS)[number];

/** What `npm run bench -- serving --json` prints. A ratio is ours over theirs, in requests per second; null when absent. */
export interface ServingReport {
  readonly ours: Measure;
  readonly peers: Readonly<Record<PeerName, Measure | Absent>>;
  readonly ratios: Readonly<Record<PeerName, number | null>>;
}

/** The middle value, or the mean of the middle two. @throws {RangeError} for no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)];
  const low = sorted[Math.ceil(middle) - 1];
  if (high === undefined || low === undefined) throw new RangeError("There is no median of no values.");
  return (low + high) / 2;
}

/** The value that a share of the others is below, 0 to 1; NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The figures of a contender's rounds. */
export function summarise(description: string, rounds: readonly Round[]): Measure {
  const shares = rounds.flatMap(({ serverCpu }) => (serverCpu === undefined ? [] : [serverCpu]));
  const efficiencies = rounds.flatMap((figures) => perCoreSecond(figures) ?? []);
  return {
    requests_per_second: round(median(rounds.map(({ requestsPerSecond }) => requestsPerSecond)), 1),
    p50_ms: round(median(rounds.map(({ p50 }) => p50)), 3),
    p99_ms: round(median(rounds.map(({ p99 }) => p99)), 3),
    server_cpu: shares.length === 0 ? null : round(median(shares), 3),
    requests_per_core_second: efficiencies.length === 0 ? null : round(median(efficiencies), 1),
    rounds: rounds.map(({ requestsPerSecond }) => round(requestsPerSecond, 1)),
    description,
  };
}

/** Requests per second of processor time; undefined where the system does not tell. */
export function perCoreSecond({ requestsPerSecond, serverCpu }: Round): number | undefined {
  return serverCpu ? requestsPerSecond / serverCpu : undefined;
}

/** Puts the figures together with their ratios. */
export function toReport(ours: Measure, peers: ServingReport["peers"]): ServingReport {
  const ratios = Object.fromEntries(
    PEERS.map((name) => {
      const peer = peers[name];
      return [name, "absent" in peer ? null : round(ours.requests_per_second / peer.requests_per_second, 3)];
    }),
  );
  return { ours, peers, ratios: ratios as ServingReport["ratios"] };
}

/** A table for people, with what was run below it. */
export function toText({ ours, peers, ratios }: ServingReport, conditions: string): string {
  const rows = [
    ["", "requests/s", "p50 ms", "p99 ms", "core used", "ours / theirs", "the same per core second"],
    toRow("ours", ours, ours, ""),
    ...PEERS.map((name) => {
      const peer = peers[name];
      return "absent" in peer ? [name, "absent"] : toRow(name, peer, ours, String(ratios[name]));
    }),
  ];
  const [header = []] = rows;
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const notes = PEERS.flatMap((name) => {
    const peer = peers[name];
    return "absent" in peer ? [`${name} is absent: ${peer.absent}`] : [`${name}: ${peer.description}`];
  });
  return [...table, "", conditions, `ours: ${ours.description}`, ...notes].join("\n");
}

/** What speaks against the numbers: servers that did not have work, or a processor, all the time. */
export function doubts({ ours, peers }: ServingReport): string[] {
  const measured = Object.entries({ ours, ...peers }).flatMap(([name, figures]) =>
    "absent" in figures ? [] : [{ name, cpu: figures.server_cpu }],
  );
  return measured.flatMap(({ name, cpu }) =>
    cpu === null || cpu >= SATURATED
      ? []
      : [
          `Doubtful: ${name} used only ${cpu} of its core; the load generator or other work on this machine held it back.`,
        ],
  );
}

function toRow(name: string, figures: Measure, ours: Measure, ratio: string): string[] {
  const { requests_per_second, p50_ms, p99_ms, server_cpu } = figures;
  const efficiency = (ours.requests_per_core_second ?? Number.NaN) / (figures.requests_per_core_second ?? Number.NaN);
  const perCore = figures === ours ? "" : Number.isNaN(efficiency) ? "unknown" : String(round(efficiency, 3));
  return [
    name,
    String(requests_per_second),
    String(p50_ms),
    String(p99_ms),
    String(server_cpu ?? "unknown"),
    ratio,
    perCore,
  ];
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
