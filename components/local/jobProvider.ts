import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { bundleService, writeBundle } from "./bundle";
import { changedInputs } from "./changedInputs";
import { lastLines, StartError } from "./supervisor";

/** Inputs of a job that runs to completion on this machine. */
export interface JobInputs {
  service: string;
  home: string;
  bundle: string;
  environment: Record<string, string>;
  /** Changes with the data that the job reads. */
  data: string;
  /** A file below `home` that the job leaves; `{key}` stands for a value of its result. Gone, the job runs again. */
  artifact: string;
  timeoutSeconds: number;
}

/** A finished job: its inputs and the result that it printed. */
export interface JobOutputs extends JobInputs {
  result: Record<string, unknown>;
}

export async function diff(olds: JobOutputs, news: JobInputs): Promise<{ changes: boolean; replaces: string[] }> {
  const replaces = changedInputs<JobInputs>(olds, news);
  return { changes: replaces.length > 0 || !existsSync(artifactPath(olds)), replaces };
}

/**
 * Runs the job to its end and returns the result, the last line that it printed.
 * @throws {StartError} when it fails, with its last log lines.
 */
export async function create(root: string, inputs: JobInputs): Promise<JobOutputs> {
  const file = writeBundle(root, inputs.service, bundleService(root, inputs.service));
  const logFile = join(inputs.home, "logs", `${inputs.service}.log`);
  mkdirSync(join(inputs.home, "logs"), { recursive: true });
  const { ended, output } = await run(file, inputs, logFile);
  const line = output.trimEnd().split("\n").at(-1) ?? "";
  if (ended === undefined && line.startsWith('{"result":')) {
    const { result } = JSON.parse(line) as { result: Record<string, unknown> };
    return { ...inputs, result };
  }
  const reason = ended ?? "it printed no result";
  throw new StartError(
    `The ${inputs.service} job failed: ${reason}. The end of ${logFile}:\n${lastLines(logFile, 15)}`,
  );
}

function run(file: string, inputs: JobInputs, logFile: string): Promise<{ ended: string | undefined; output: string }> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [file], {
      env: inputs.environment,
      cwd: inputs.home,
      timeout: inputs.timeoutSeconds * 1000,
      killSignal: "SIGKILL",
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      appendFileSync(logFile, chunk);
      output = (output + chunk.toString("utf8")).slice(-65_536);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", (chunk: Buffer) => appendFileSync(logFile, chunk));
    child.once("error", (error) => settle({ ended: error.message, output }));
    child.once("close", (code, signal) => {
      const ended = signal
        ? `it was ended by ${signal} (limit ${inputs.timeoutSeconds} seconds)`
        : `it exited with code ${code}`;
      settle({ ended: code === 0 ? undefined : ended, output });
    });
  });
}

function artifactPath({ home, artifact, result }: JobOutputs): string {
  return join(
    home,
    artifact.replace(/\{(\w+)\}/g, (_, key: string) => String(result[key])),
  );
}
