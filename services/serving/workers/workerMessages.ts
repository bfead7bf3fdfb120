import cluster, { type Worker } from "node:cluster";

/** A worker that does not say its part within this time is left out of the answer. */
const ANSWER_MS = 2000;

/** What workers and their primary say to each other: ask all, give your part, here it is, here are all parts. */
type Message =
  | { readonly tideline: "ask"; readonly id: number }
  | { readonly tideline: "give"; readonly id: number }
  | { readonly tideline: "part"; readonly id: number; readonly part: unknown }
  | { readonly tideline: "parts"; readonly id: number; readonly parts: readonly unknown[] };

let lastId = 0;

/** In a worker: the parts of all workers, this one among them. */
export function askWorkers(): Promise<readonly unknown[]> {
  const id = ++lastId;
  return new Promise((resolve) => {
    const onMessage = (message: unknown) => {
      if (!isMessage(message) || message.tideline !== "parts" || message.id !== id) return;
      process.off("message", onMessage);
      resolve(message.parts);
    };
    process.on("message", onMessage);
    tell(process, { tideline: "ask", id });
  });
}

/** In a worker: what it gives when it is asked for its part. Gives back how to stop. */
export function answerPrimary(part: () => Promise<unknown>): () => void {
  const onMessage = async (message: unknown) => {
    if (isMessage(message) && message.tideline === "give") {
      tell(process, { tideline: "part", id: message.id, part: await part() });
    }
  };
  process.on("message", onMessage);
  return () => process.off("message", onMessage);
}

/** In the primary: gathers the parts of all workers for the one that asks. */
export function answerWorkers(): void {
  cluster.on("message", async (worker, message: unknown) => {
    if (!isMessage(message) || message.tideline !== "ask") return;
    const workers = Object.values(cluster.workers ?? {}).filter((one) => one !== undefined);
    const parts = await Promise.all(workers.map(partOf));
    if (worker.isConnected()) {
      tell(worker, { tideline: "parts", id: message.id, parts: parts.filter((part) => part !== undefined) });
    }
  });
}

function partOf(worker: Worker): Promise<unknown> {
  const id = ++lastId;
  return new Promise((resolve) => {
    const end = (part: unknown) => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("exit", onExit);
      resolve(part);
    };
    const onMessage = (message: unknown) => {
      if (isMessage(message) && message.tideline === "part" && message.id === id) end(message.part);
    };
    const onExit = () => end(undefined);
    const timer = setTimeout(() => end(undefined), ANSWER_MS);
    worker.on("message", onMessage).on("exit", onExit);
    tell(worker, { tideline: "give", id });
  });
}

/** One that has just ended is told nothing, which is no error. */
function tell(whom: Pick<NodeJS.Process | Worker, "send">, message: Message): void {
  whom.send?.(message, undefined, undefined, () => {});
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "tideline" in value;
}
