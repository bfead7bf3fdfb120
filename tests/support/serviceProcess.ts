import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** Processes of this test file that still run; a test that fails half-way leaves none behind. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** A bundled service that runs as a process of its own, as a deployer would start it. */
export interface ServiceProcess {
  /** Where it listens, from its `ready` log line. */
  readonly url: string;
  readonly pid: number;
  /** Everything that it logged so far. */
  output(): string;
  /** Sends a signal and resolves to the exit code once the process has gone; null when the signal killed it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts `services/<name>/main.ts` with these variables on a free port and waits until it is ready.
 * Rejects with its log when it exits first. The caller stops it.
 */
export async function startServiceProcess(
  name: string,
  variables: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", `services/${name}/main.ts`], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, PORT: "0", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const exited = once(child, "exit").finally(() => running.delete(child));
  let log = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      log += chunk.toString();
      const ready = /"url":"([^"]+)".*"msg":"ready"/.exec(log);
      if (ready?.[1]) resolve(ready[1]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    exited.then(
      ([code]) => reject(new Error(`The ${name} service exited with ${code} before it was ready.\n${log}`)),
      reject,
    );
  });
  return { url, pid: child.pid ?? 0, output: () => log, stop: (signal = "SIGTERM") => stop(child, exited, signal) };
}

async function stop(child: ChildProcess, exited: Promise<unknown[]>, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await exited;
  return child.exitCode;
}
