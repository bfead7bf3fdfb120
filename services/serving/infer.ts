import type { InferModel, InferRequest } from "./inferRequest";
import { isTabular } from "./predictor";
import type { ServedModel } from "./servedModel";
import { toPredictionError } from "./servingMetrics";
import { type Tensor, takeRows } from "./tensor";

/** What requests to a served model are checked against. */
export function inferModel({ card, batcher }: ServedModel): InferModel {
  return { inputs: card.inputs, outputNames: card.outputs.map(({ name }) => name), batches: batcher.batches };
}

/**
 * Runs a request in a batch with others and gives its own rows of the outputs that it wants, in the order in which it
 * wants them. Rows of tabular models are offered to drift detection.
 * @throws {ServiceError} what the batcher refuses a job with; anything else is the model's failure.
 */
export async function infer(model: ServedModel, request: InferRequest): Promise<Tensor[]> {
  const { card, batcher, drift } = model;
  const { rows, inputs, outputs } = request;
  const answer = await new Promise<Tensor[]>((resolve, fail) => {
    batcher.submit({
      rows,
      inputs,
      queuedAt: performance.now(),
      bucket: bucketOf(model, inputs),
      succeed: (all, firstRow) =>
        resolve(batcher.batches ? all.map((tensor) => takeRows(tensor, firstRow, rows)) : [...all]),
      fail,
    });
  });
  const [input] = inputs;
  if (drift !== undefined && input?.data instanceof Float32Array && isTabular(card) && allFinite(input.data)) {
    drift.offer(input.data, rows);
  }
  return outputs.flatMap(({ name }) => answer.filter((tensor) => tensor.name === name));
}

/**
 * Runs `work`, counts how it ended, and keeps the model loaded meanwhile.
 * @throws {ServiceError} what `work` throws; anything else is logged and becomes a 500 that tells nothing.
 */
export async function countInference<T>(model: ServedModel, work: () => Promise<T>): Promise<T> {
  const { metrics, log, inFlight } = model;
  const startedAt = performance.now();
  try {
    const result = await inFlight.during(work);
    metrics.succeeded(startedAt);
    return result;
  } catch (cause) {
    const error = toPredictionError(cause);
    if (error !== cause) log.error({ err: cause }, "inference failed");
    metrics.failed(error, startedAt);
    throw error;
  }
}

/** Requests with the same bucket have tensors of the same shape but for their rows, so that they can be joined. */
function bucketOf({ card }: ServedModel, inputs: readonly Tensor[]): string | undefined {
  const open = card.inputs.some(({ shape }) => shape.indexOf(-1, 1) !== -1);
  return open ? inputs.map(({ shape }) => shape.slice(1).join()).join(";") : undefined;
}

/** Binary tensors may hold NaN and infinities, of which a reference knows nothing. */
function allFinite(values: Float32Array): boolean {
  return values.every((value) => Number.isFinite(value));
}
