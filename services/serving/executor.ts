import type { Tensor } from "./tensor";

/** A tensor as a model declares it; -1 stands for a length that the caller chooses. */
export type TensorSpec = Pick<Tensor, "name" | "datatype" | "shape">;

/**
 * Runs a loaded model. Where it runs (this thread, another, a child process) is the implementation's affair; callers
 * hand over whole batches and wait.
 */
export interface Executor {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** True when the first dimension of every input and output counts rows, so that callers' rows may be joined. */
  readonly batches: boolean;
  /** Every output, in the order of `outputs`. Rejects when the model fails on this batch. One call at a time. */
  run(inputs: readonly Tensor[]): Promise<readonly Tensor[]>;
  /** Gives the model's memory back. */
  close(): Promise<void>;
}
