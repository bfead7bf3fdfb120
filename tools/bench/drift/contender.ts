import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { BenchmarkError } from "../benchmark";
import { CORES, pinned } from "../serving/process";

/** One round of a case as the contender timed it itself. */
export interface Round {
  /** Seconds by the clock, and of processor time of all the process's threads. */
  readonly wall: number;
  readonly cpu: number;
  /** A p-value or distance by column. */
  readonly values: Readonly<Record<string, number>>;
  readonly bytes?: number;
}

/** One thread for libraries that would use more. */
const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1", NUMBA_NUM_THREADS: "1" };

/** A process that holds tables and compares them when told, alone on one core where processes can be pinned. */
export class Contender {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private tail = "";

  constructor(
    readonly name: string,
    command: readonly [string, ...string[]],
  ) {
    const [program, ...args] = pinned(command, CORES?.server);
    this.child = spawn(program, args, { env: { ...process.env, ...ONE_THREAD } });
    this.child.on("error", (error) => {
      this.tail = error.message;
    });
    // That the process is gone is told by its answers ending.
    this.child.stdin.on("error", () => {});
    this.child.stderr.on("data", (chunk: Buffer) => {
      this.tail = `${this.tail}${chunk}`.slice(-2_000);
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async load(table: Readonly<Record<string, unknown>>): Promise<void> {
    await this.ask({ load: table });
  }

  async round(name: string): Promise<Round> {
    return (await this.ask({ run: name })) as Round;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    this.child.kill();
    await ended;
  }

  /** @throws {BenchmarkError} with the last words of a process that ended instead of answering. */
  private async ask(order: unknown): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify(order)}\n`);
    const { done, value } = await this.lines.next();
    if (done) throw new BenchmarkError(`${this.name} ended instead of answering. Its last words:\n${this.tail}`);
    return JSON.parse(value);
  }
}
