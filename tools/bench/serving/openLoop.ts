import { connect, type Socket } from "node:net";
import { BenchmarkError } from "../benchmark";

export interface OpenLoopArgs {
  readonly url: string;
  readonly path: string;
  readonly body: string;
  /** Requests that are sent in a second, whether or not the ones before were answered; undefined: as answers come. */
  readonly perSecond: number | undefined;
  readonly seconds: number;
  /** Most connections; a request that finds none free is not sent, as a client would run out of them too. */
  readonly connections: number;
}

/** What became of the requests. Milliseconds from when a request was due to its answer. */
export interface OpenLoopFigures {
  readonly answered: number;
  readonly refused: number;
  readonly unsent: number;
  /** Refusals that said when to come back. */
  readonly withRetryAfter: number;
  readonly answerMs: readonly number[];
  readonly refusalMs: readonly number[];
}

interface Lane {
  readonly socket: Socket;
  dueAt: number;
  busy: boolean;
}

/** Ends of what is measured: requests still under way then are not counted. */
const SETTLE_MS = 2_000;
const TICK_MS = 1;

/**
 * Sends the same request over keep-alive connections at a fixed rate, so that a slow server does not slow its own load
 * down, and counts 200 as answered, 429 and 503 as refused.
 * @throws {BenchmarkError} at any other status, or a connection that breaks.
 */
export async function openLoop(args: OpenLoopArgs): Promise<OpenLoopFigures> {
  const { hostname, port, host } = new URL(args.url);
  const length = Buffer.byteLength(args.body);
  const request = Buffer.from(
    `POST ${args.path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${args.body}`,
  );
  const figures = { answered: 0, refused: 0, unsent: 0, withRetryAfter: 0 };
  const [answerMs, refusalMs]: [number[], number[]] = [[], []];
  let problem: string | undefined;
  let running = true;
  const free: Lane[] = [];
  const send = (lane: Lane, dueAt: number) => {
    lane.busy = true;
    lane.dueAt = dueAt;
    lane.socket.write(request);
  };
  const receive = (lane: Lane, status: number, retryAfter: boolean) => {
    const ms = performance.now() - lane.dueAt;
    lane.busy = false;
    if (status === 200) {
      figures.answered++;
      answerMs.push(ms);
    } else if (status === 429 || status === 503) {
      figures.refused++;
      refusalMs.push(ms);
      if (retryAfter) figures.withRetryAfter++;
    } else problem ??= `The server answered ${status}.`;
    if (running && args.perSecond === undefined) send(lane, performance.now());
    else free.push(lane);
  };
  const lanes = await Promise.all(
    Array.from({ length: args.connections }, () => openLane(hostname, Number(port), receive)),
  );
  for (const { socket } of lanes) socket.on("error", (error) => (problem ??= error.message));
  free.push(...lanes);
  const startedAt = performance.now();
  if (args.perSecond === undefined) for (const lane of free.splice(0)) send(lane, startedAt);
  let due = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - startedAt;
      for (; args.perSecond !== undefined && due < (elapsed / 1000) * args.perSecond; due++) {
        const lane = free.pop();
        if (lane === undefined) figures.unsent++;
        else send(lane, startedAt + (due / args.perSecond) * 1000);
      }
      if (elapsed < args.seconds * 1000 && problem === undefined) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  running = false;
  const counted = { ...figures, answerMs: [...answerMs], refusalMs: [...refusalMs] };
  for (const end = performance.now() + SETTLE_MS; performance.now() < end && lanes.some(({ busy }) => busy); ) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (const { socket } of lanes) socket.destroy();
  if (problem !== undefined) throw new BenchmarkError(`The load on ${args.url}${args.path} broke off: ${problem}`);
  return counted;
}

async function openLane(
  host: string,
  port: number,
  receive: (lane: Lane, status: number, retryAfter: boolean) => void,
): Promise<Lane> {
  const socket = connect({ host, port, noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  const lane: Lane = { socket, dueAt: 0, busy: false };
  let held = "";
  socket.on("data", (chunk) => {
    held += chunk.toString("latin1");
    const end = held.indexOf("\r\n\r\n");
    if (end === -1) return;
    const head = held.slice(0, end).toLowerCase();
    const length = Number(/\r\ncontent-length: (\d+)/.exec(head)?.[1] ?? 0);
    if (held.length < end + 4 + length) return;
    held = held.slice(end + 4 + length);
    receive(lane, Number(head.slice(9, 12)), head.includes("\r\nretry-after: "));
  });
  return lane;
}
