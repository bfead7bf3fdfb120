import { InferenceSession, listSupportedBackends, Tensor as OrtTensor } from "onnxruntime-node";
import type { ExecutionProvider } from "./executionProviders";

/** One tensor on its way to or from ONNX Runtime, in its own terms. */
export interface RunnerTensor {
  readonly name: string;
  /** ONNX Runtime's name of the element type. */
  readonly type: OrtTensor.Type;
  readonly dims: readonly number[];
  readonly data: OrtTensor.DataType;
}

/** A loaded model, wherever it runs. */
export interface ModelRunner {
  readonly inputs: readonly InferenceSession.ValueMetadata[];
  readonly outputs: readonly InferenceSession.ValueMetadata[];
  /** Rejects when the model fails on these inputs. One call at a time. */
  run(inputs: readonly RunnerTensor[]): Promise<readonly RunnerTensor[]>;
  /** Gives the model's memory back. */
  close(): Promise<void>;
}

export interface RunnerOptions {
  /** @default "cpu" */
  readonly provider?: ExecutionProvider;
  /** Told when the model's thread died and was replaced; for runners that have one. */
  readonly onThreadEnded?: (error: Error) => void;
}

/** Providers that this machine's build of ONNX Runtime knows; their libraries may still be missing. */
export function knownProviders(): readonly string[] {
  return listSupportedBackends().map(({ name }) => name);
}

/** How every model is opened, wherever it runs: on one thread, since batches keep it busy and threads only add cost. */
export function sessionOptions({ provider = "cpu" }: RunnerOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    // Failures are thrown and logged as JSON by whoever called; nothing else belongs on standard error.
    logSeverityLevel: 4,
  };
}

/**
 * Loads a model to run on this thread. onnxruntime-node's `run` is synchronous inside (microsoft/onnxruntime#19611):
 * a batch holds the event loop as long as it computes.
 * @throws {Error} of ONNX Runtime when the bytes are no model that it can run.
 */
export async function createInlineRunner(model: Uint8Array, options: RunnerOptions = {}): Promise<ModelRunner> {
  const session = await InferenceSession.create(model, sessionOptions(options));
  return {
    inputs: session.inputMetadata,
    outputs: session.outputMetadata,
    async run(inputs) {
      const feeds = Object.fromEntries(
        inputs.map(({ name, type, data, dims }) => [name, new OrtTensor(type, data, dims)]),
      );
      const results = await session.run(feeds);
      return session.outputNames.map((name) => {
        const result = results[name];
        if (result === undefined) throw new Error(`The model gave no output ${name}.`);
        return { name, type: result.type, dims: result.dims, data: result.data };
      });
    },
    close: () => session.release(),
  };
}
