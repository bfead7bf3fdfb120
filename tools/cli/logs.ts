import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { CliError } from "./cliError";
import type { CliContext } from "./context";
import { knownServices, logFileOf } from "./localServices";
import { suggest } from "./suggest";

const USAGE = "npm run logs -- SERVICE [--follow] [--lines N]";
const CHUNK_BYTES = 64 << 10;
const POLL_MS = 250;

/** `logs SERVICE [-f|--follow] [-n|--lines N]`: the last lines of a local service's log, and new ones as they come. */
export async function logs({ home }: CliContext, args: readonly string[]): Promise<number> {
  const { service, follow, lines } = parse(args);
  const known = knownServices(home);
  if (known.length === 0) throw new CliError("There are no logs yet. Start the services with: npm run up");
  if (!known.includes(service)) throw new CliError(`There is no service ${service}. ${suggest(service, known)}`);
  const file = logFileOf(home, service);
  if (!existsSync(file)) throw new CliError(`The ${service} service has not written a log yet (${file}).`);
  const { text, end } = lastLines(file, lines);
  process.stdout.write(text);
  if (!follow) return 0;
  // Ctrl-C is how one stops reading, not a failure.
  process.once("SIGINT", () => process.exit(0));
  await followFrom(file, end, (part) => process.stdout.write(part));
  return 0;
}

function parse(args: readonly string[]): { service: string; follow: boolean; lines: number } {
  const options = { follow: { type: "boolean", short: "f" }, lines: { type: "string", short: "n" } } as const;
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new CliError(`${(error as Error).message} Usage: ${USAGE}`);
  }
  const [service, ...more] = parsed.positionals;
  if (!service || more.length > 0) throw new CliError(`Name one service. Usage: ${USAGE}`);
  const lines = parsed.values.lines ?? "100";
  if (!/^\d{1,9}$/.test(lines)) {
    throw new CliError(`--lines is ${JSON.stringify(lines)}; allowed is a whole number from 0. Usage: ${USAGE}`);
  }
  return { service, follow: parsed.values.follow ?? false, lines: Number(lines) };
}

/** The last lines of a file, read from its end, and the byte where they end. */
export function lastLines(file: string, count: number): { text: Buffer; end: number } {
  const descriptor = openSync(file, "r");
  try {
    const end = fstatSync(descriptor).size;
    if (count === 0) return { text: Buffer.alloc(0), end };
    let tail: Buffer = Buffer.alloc(0);
    for (let start = end; start > 0; ) {
      const size = Math.min(CHUNK_BYTES, start);
      start -= size;
      tail = Buffer.concat([readRange(descriptor, start, size), tail]);
      const cut = startOfLast(tail, count);
      if (cut !== undefined) return { text: tail.subarray(cut), end };
    }
    return { text: tail, end };
  } finally {
    closeSync(descriptor);
  }
}

/** Where the last `count` lines begin, or undefined when the bytes do not reach back that far. */
function startOfLast(bytes: Buffer, count: number): number | undefined {
  const closed = bytes.at(-1) === 10;
  let newlines = closed ? count + 1 : count;
  for (let index = bytes.length - 1; index >= 0; index--) {
    if (bytes[index] === 10 && --newlines === 0) return index + 1;
  }
  return undefined;
}

function readRange(descriptor: number, start: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, size, start));
}

/** Hands on what is appended to a log for as long as the process lives; starts over when a new file takes its place. */
async function followFrom(file: string, from: number, write: (part: Buffer) => void): Promise<never> {
  let position = from;
  let inode = statSync(file).ino;
  for (;;) {
    await sleep(POLL_MS);
    if (!existsSync(file)) continue;
    const descriptor = openSync(file, "r");
    try {
      const { size, ino } = fstatSync(descriptor);
      if (ino !== inode || size < position) position = 0;
      inode = ino;
      for (; position < size; ) {
        const part = readRange(descriptor, position, Math.min(CHUNK_BYTES, size - position));
        if (part.length === 0) break;
        position += part.length;
        write(part);
      }
    } finally {
      closeSync(descriptor);
    }
  }
}
