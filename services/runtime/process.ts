import type { z } from "zod";
import type { ServiceDescriptor } from "./descriptor";
import { EnvironmentError, readEnvironment } from "./environment";
import { createLogger, type Logger } from "./logging";

/** A started service: where it listens, and how it stops. `close` drains requests in flight, then releases everything. */
export interface RunningService {
  readonly url: string;
  close(): Promise<void>;
}

export interface StartArgs<Environment extends z.ZodObject> {
  readonly environment: Readonly<z.output<Environment>>;
  readonly log: Logger;
}

/**
 * Runs a service as this process: reads the environment, starts, and on SIGTERM or SIGINT drains and exits 0.
 * A start that fails exits 1 with the reason as the last log line; a drain longer than the descriptor allows exits 1.
 */
export function runService<Environment extends z.ZodObject>(
  descriptor: ServiceDescriptor<Environment>,
  start: (args: StartArgs<Environment>) => Promise<RunningService>,
): void {
  void run(descriptor, async (args) => {
    const service = await start(args);
    let stopping = false;
    const stop = (signal: NodeJS.Signals) => {
      // A terminal's Ctrl-C reaches the process twice when a supervisor passes it on; the drain goes on undisturbed.
      if (stopping) return;
      stopping = true;
      args.log.info({ signal }, "draining");
      const deadline = setTimeout(() => {
        args.log.error({ seconds: descriptor.drainSeconds }, "requests did not drain in time");
        process.exit(1);
      }, descriptor.drainSeconds * 1000);
      service.close().then(
        () => {
          clearTimeout(deadline);
          args.log.info("stopped");
          process.exit(0);
        },
        (error) => {
          args.log.error({ err: error }, "stop failed");
          process.exit(1);
        },
      );
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
    // Not before a signal would drain: whoever reads this line may send one at once.
    args.log.info({ url: service.url, pid: process.pid }, "ready");
  });
}

/** Runs a job as this process: logs go to standard output, and the last line is the result as {"result": ...}. */
export function runJob<Environment extends z.ZodObject>(
  descriptor: ServiceDescriptor<Environment>,
  work: (args: StartArgs<Environment>) => Promise<Record<string, unknown>>,
): void {
  void run(descriptor, async (args) => {
    const result = await work(args);
    process.stdout.write(`${JSON.stringify({ result })}\n`);
  });
}

async function run<Environment extends z.ZodObject>(
  descriptor: ServiceDescriptor<Environment>,
  body: (args: StartArgs<Environment>) => Promise<void>,
): Promise<void> {
  let log = createLogger(descriptor.name, "info");
  try {
    const environment = readEnvironment(descriptor, process.env);
    log = createLogger(descriptor.name, String(environment.LOG_LEVEL ?? "info"));
    await body({ environment, log });
  } catch (error) {
    const reason = error instanceof EnvironmentError ? error.message : undefined;
    log.fatal(reason ? {} : { err: error }, reason ?? `start failed: ${(error as Error).message}`);
    process.exitCode = 1;
    // A failed start may leave handles (pools, servers) open; the reason is logged, so leave now.
    setImmediate(() => process.exit(1));
  }
}
