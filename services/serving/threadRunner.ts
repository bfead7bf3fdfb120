import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type ModelRunner, type RunnerTensor, SESSION_OPTIONS } from "./modelRunner";

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

/**
 * Loads a model to run on a thread of its own, so that the event loop is free while it computes. Each batch is copied
 * there and its outputs are handed back.
 * @throws {Error} of ONNX Runtime when the bytes are no model that it can run.
 */
export async function createThreadRunner(model: Uint8Array): Promise<ModelRunner> {
  const workerData = { runtime: require.resolve("onnxruntime-node"), model, options: SESSION_OPTIONS };
  const worker = new Worker(PROGRAM, { eval: true, workerData });
  const exited = once(worker, "exit");
  const opened = await reply<Opened>(worker).catch(async (error) => {
    await worker.terminate();
    throw error;
  });
  return {
    inputs: opened.inputs,
    outputs: opened.outputs,
    async run(inputs) {
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
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = () => settle(() => reject(new Error("The model's thread has ended.")));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });
}
