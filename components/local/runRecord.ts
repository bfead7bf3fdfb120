import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const runRecord = z.object({
  name: z.string(),
  pid: z.int().min(2),
  processStart: z.string(),
  startedAt: z.string(),
  port: z.int(),
  furtherPorts: z.array(z.int()).optional(),
  url: z.string(),
  logFile: z.string(),
  health: z.string().nullable(),
});

/** What is remembered of a started process, in `<home>/run/<name>.json`; `npm run status` reads it too. */
export type RunRecord = Readonly<z.infer<typeof runRecord>>;

/** The record of that name, or undefined when there is none or it cannot be read. */
export function readRecord(home: string, name: string): RunRecord | undefined {
  try {
    return runRecord.parse(JSON.parse(readFileSync(path(home, name), "utf8")));
  } catch {
    return undefined;
  }
}

export function writeRecord(home: string, record: RunRecord): void {
  const file = path(home, record.name);
  mkdirSync(join(home, "run"), { recursive: true });
  writeFileSync(`${file}.partial`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${file}.partial`, file);
}

export function removeRecord(home: string, name: string): void {
  rmSync(path(home, name), { force: true });
}

function path(home: string, name: string): string {
  return join(home, "run", `${name}.json`);
}
