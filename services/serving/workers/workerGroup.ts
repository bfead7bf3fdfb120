import cluster, { type Worker } from "node:cluster";
import { availableParallelism } from "node:os";
import type { Logger } from "../../runtime/logging";
import { answerWorkers } from "./workerMessages";

export interface WorkerGroupArgs {
  /** Processes that serve, at least two. */
  readonly count: number;
  /** Variables that workers have beside or instead of those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Longest time that workers finish what they are answering. */
  readonly drainSeconds: number;
  readonly log: Logger;
}

/** One that lived shorter than this failed at its start, and waits before the next try. */
const SOUND_MS = 10_000;
const LONGEST_PAUSE_MS = 30_000;
const SIGNAL_MS = 100;

/** How many processes `WORKERS` asks for: 0 means one for each core. */
export function workerCount(setting: number): number {
  return setting === 0 ? availableParallelism() : setting;
}

/**
 * Runs this program as several processes behind one port, this one being their primary: it hands connections out in
 * turn, replaces workers that die, and passes SIGTERM and SIGINT on. It exits 0 when all have drained; 1 when none ever
 * came up, or one did not drain.
 */
export function runWorkerGroup(args: WorkerGroupArgs): void {
  new WorkerGroup(args).start();
}

class WorkerGroup {
  private stopping = false;
  private ready = false;
  private failures = 0;
  private exitCode = 0;

  constructor(private readonly args: WorkerGroupArgs) {}

  start(): void {
    // Round robin on every system: where the kernel chooses, one process may get most connections.
    cluster.schedulingPolicy = cluster.SCHED_RR;
    answerWorkers();
    cluster.on("listening", () => {
      this.ready = true;
    });
    cluster.on("exit", (worker, code, signal) => this.onExit(worker, code, signal));
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => this.stop(signal));
    for (let index = 0; index < this.args.count; index++) this.fork();
  }

  private fork(): void {
    if (this.stopping) return;
    const worker = cluster.fork(this.args.environment);
    startedAt.set(worker, performance.now());
  }

  private onExit(worker: Worker, code: number | null, signal: string | null): void {
    const { log } = this.args;
    const lived = performance.now() - (startedAt.get(worker) ?? 0);
    // A terminal's Ctrl-C and a supervisor's stop reach the workers too, perhaps before this process.
    setTimeout(() => {
      if (this.stopping) {
        if (code !== 0) this.exitCode = 1;
        if (this.workers().length === 0) this.end();
      } else if (!this.ready) {
        log.fatal({ code, signal }, "start failed: a worker ended before any was ready; its log line says why");
        this.exitCode = 1;
        this.stop("SIGTERM");
        if (this.workers().length === 0) this.end();
      } else {
        this.failures = lived < SOUND_MS ? this.failures + 1 : 0;
        const pause = this.failures === 0 ? 0 : Math.min(500 * 2 ** this.failures, LONGEST_PAUSE_MS);
        log.error({ pid: worker.process.pid, code, signal, pauseMs: pause }, "a worker ended; it is started again");
        setTimeout(() => this.fork(), pause);
      }
    }, SIGNAL_MS);
  }

  private stop(signal: NodeJS.Signals): void {
    if (this.stopping) return;
    this.stopping = true;
    for (const { process: child } of this.workers()) child.kill(signal);
    // Workers watch their own time; this is for one that cannot.
    const late = setTimeout(
      () => {
        this.exitCode = 1;
        for (const { process: child } of this.workers()) child.kill("SIGKILL");
      },
      (this.args.drainSeconds + 1) * 1000,
    );
    late.unref();
    if (this.workers().length === 0) this.end();
  }

  private workers(): Worker[] {
    return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  }

  private end(): void {
    this.args.log.info("all workers stopped");
    process.exit(this.exitCode);
  }
}

const startedAt = new WeakMap<Worker, number>();
