import { Worker } from "node:worker_threads";
import { type ModelRunner, type RunnerOptions, type RunnerTensor, sessionOptions } from "./modelRunner";

/**
 * The program of the thread. A text, because a bundled service has no files beside it; it only carries tensors to and
 * from ONNX Runtime, which it finds where the main thread found it.
 */
const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
const { InferenceSession, Tensor } = require(workerData.runtime);
const buffersOf = (tensors) => tensors.flatMap(({ data }) => (ArrayBuffer.isView(data) ? [data.buffer] : []));

async function start() {
  const session = await InferenceSession.create(workerData.model, workerData.options);
  parentPort.on("message", async (inputs) => {
    if (inputs === undefined) {
      await session.release();
      return parentPort.close();
    }
    try {
      const feeds = {};
      for (const { name, type, data, dims } of inputs) feeds[name] = new Tensor(type, data, dims);
      const results = await session.run(feeds);
      const outputs = session.outputNames.map((name) => {
        const { type, dims, data } = results[name];
        return { name, type, dims, data };
      });
      parentPort.postMessage({ outputs }, buffersOf(outputs));
    } catch (error) {
      parentPort.postMessage({ problem: error.message });
    }
  });
  parentPort.postMessage({ inputs: session.inputMetadata, outputs: session.outputMetadata });
}

start().catch((error) => parentPort.postMessage({ problem: error.message }));
`;

interface Opened {
  readonly inputs: ModelRunner["inputs"];
  readonly outputs: ModelRunner["outputs"];
}
type Reply<T> = T | { readonly problem: string };

/** The thread ended, whatever it was asked; nothing is known of the answer. */
class ThreadEndedError extends Error {
  override readonly name = "ThreadEndedError";
}

/**
 * Loads a model to run on a thread of its own, so that the event loop is free while it computes. Each batch is copied
 * there and its outputs are handed back. A thread that dies is replaced, and the batch that it had runs once more.
 * @throws {Error} of ONNX Runtime when the bytes are no model that it can run.
 */
export async function createThreadRunner(model: Uint8Array, options: RunnerOptions = {}): Promise<ModelRunner> {
  let thread = await openThread(model, options);
  return {
    inputs: thread.opened.inputs,
    outputs: thread.opened.outputs,
    async run(inputs) {
      try {
        return await thread.run(inputs);
      } catch (error) {
        if (!(error instanceof ThreadEndedError)) throw error;
        options.onThreadEnded?.(error);
        thread = await openThread(model, options);
        return thread.run(inputs);
      }
    },
    close: () => thread.close(),
  };
}

interface Thread {
  readonly opened: Opened;
  /** @throws {ThreadEndedError} */
  run(inputs: readonly RunnerTensor[]): Promise<readonly RunnerTensor[]>;
  close(): Promise<void>;
}

async function openThread(model: Uint8Array, options: RunnerOptions): Promise<Thread> {
  const workerData = { runtime: require.resolve("onnxruntime-node"), model, options: sessionOptions(options) };
  const worker = new Worker(PROGRAM, { eval: true, workerData });
  let ended: Error | undefined;
  // Also between two batches, when nobody waits for its word.
  worker.on("error", (error) => {
    ended = error as Error;
  });
  const exited = new Promise<void>((resolve) =>
    worker.once("exit", () => {
      ended ??= new Error("it has exited");
      resolve();
    }),
  );
  const opened = await reply<Opened>(worker).catch(async (error) => {
    await worker.terminate();
    throw error;
  });
  return {
    opened,
    async run(inputs) {
      if (ended !== undefined) throw new ThreadEndedError(`The model's thread has ended: ${ended.message}.`);
      // Texts and arrays are cloned: whoever gave them may still need them.
      worker.postMessage(inputs);
      return (await reply<{ readonly outputs: readonly RunnerTensor[] }>(worker)).outputs;
    },
    async close() {
      worker.postMessage(undefined);
      await exited;
    },
  };
}

/** The thread's next message; rejects with the problem it tells, and when it ends without one. */
function reply<T extends object>(worker: Worker): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      finish();
    };
    const onMessage = (message: Reply<T>) =>
      settle(() => ("problem" in message ? reject(new Error(message.problem)) : resolve(message)));
    const onError = (error: Error) =>
      settle(() => reject(new ThreadEndedError(`The model's thread has ended: ${error.message}.`)));
    const onExit = () => settle(() => reject(new ThreadEndedError("The model's thread has ended.")));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });
}
