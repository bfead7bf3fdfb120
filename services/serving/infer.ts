import { ServiceError } from "../runtime/errors";
import { abandonedError, type Job } from "./batcher";
import type { InferModel, InferRequest } from "./inferRequest";
import type { RequestRecord } from "./observability/requestObserver";
import { isTabular } from "./predictor";
import { ResponseCache } from "./responseCache";
import type { ServedModel } from "./servedModel";
import { toPredictionError } from "./servingMetrics";
import { type Tensor, takeRows } from "./tensor";

/** What requests to a served model are checked against. */
export function inferModel({ card, batcher }: ServedModel): InferModel {
  return { inputs: card.inputs, outputNames: card.outputs.map(({ name }) => name), batches: batcher.batches };
}

/**
 * Runs a request in a batch with others and gives its own rows of the outputs that it wants, in the order in which it
 * wants them. While it waits it may time out, or be given up by `signal`; once it runs it is answered. Rows of tabular
 * models are offered to drift detection.
 * @throws {ServiceError} what the batcher refuses a job with, 504 deadline_exceeded, 499 client_closed_request;
 * anything else is the model's failure.
 */
export async function infer(model: ServedModel, request: InferRequest, signal?: AbortSignal): Promise<Tensor[]> {
  const { card, drift, predictionLog, shadow } = model;
  const { rows, inputs, outputs } = request;
  const answer = await throughCache(model, request, () => runInBatch(model, request, signal));
  const [input] = inputs;
  if (drift !== undefined && input?.data instanceof Float32Array && isTabular(card) && allFinite(input.data)) {
    drift.offer(input.data, rows);
  }
  shadow?.offer(inputs, rows, answer, 0);
  if (predictionLog !== undefined && input?.data instanceof Float32Array) {
    predictionLog.offer({ features: input.data, rows, outputs: answer, firstRow: 0, requestId: request.id ?? "" });
  }
  return outputs.flatMap(({ name }) => answer.filter((tensor) => tensor.name === name));
}

async function throughCache(
  { cache, metrics: { statistics } }: ServedModel,
  { inputs }: InferRequest,
  run: () => Promise<readonly Tensor[]>,
): Promise<readonly Tensor[]> {
  if (cache === undefined) return run();
  const startedAt = performance.now();
  const key = ResponseCache.keyOf(inputs);
  const known = cache.get(key);
  if (known !== undefined) {
    statistics.cacheHit(performance.now() - startedAt);
    return known;
  }
  const missedAt = performance.now();
  const outputs = await run();
  const answeredAt = performance.now();
  cache.put(key, outputs);
  statistics.cacheMiss(missedAt - startedAt + performance.now() - answeredAt);
  return outputs;
}

async function runInBatch(
  model: ServedModel,
  { rows, inputs, schedule: { timeoutMs, priority } }: InferRequest,
  signal: AbortSignal | undefined,
): Promise<Tensor[]> {
  const { batcher } = model;
  const { promise, resolve, reject } = withResolvers<Tensor[]>();
  const job: Job = {
    rows,
    inputs,
    priority,
    queuedAt: performance.now(),
    bucket: bucketOf(model, inputs),
    succeed: (all, firstRow) =>
      resolve(batcher.batches ? all.map((tensor) => takeRows(tensor, firstRow, rows)) : [...all]),
    fail: reject,
  };
  const giveUp = (error: ServiceError) => {
    if (batcher.withdraw(job)) reject(error);
  };
  const hungUp = () => giveUp(abandonedError());
  if (signal?.aborted) throw abandonedError();
  batcher.submit(job);
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => giveUp(timedOut(timeoutMs)), timeoutMs);
  signal?.addEventListener("abort", hungUp, { once: true });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", hungUp);
  }
}

function timedOut(timeoutMs: number): ServiceError {
  return new ServiceError(
    504,
    "deadline_exceeded",
    `The request waited for its batch longer than its timeout of ${timeoutMs} ms. Send it again when there is less load, or allow more.`,
  );
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((succeed, fail) => {
    resolve = succeed;
    reject = fail;
  });
  return { promise, resolve, reject };
}

/**
 * Runs `work`, counts how it ended, and keeps the model loaded meanwhile.
 * @throws {ServiceError} what `work` throws; anything else is logged and becomes a 500 that tells nothing.
 */
export async function countInference<T>(
  model: ServedModel,
  work: () => Promise<T>,
  record?: RequestRecord,
): Promise<T> {
  const { metrics, log, inFlight } = model;
  const startedAt = performance.now();
  try {
    const result = await inFlight.during(work);
    metrics.succeeded(startedAt, record?.traceId);
    return result;
  } catch (cause) {
    const error = toPredictionError(cause);
    if (error !== cause) log.error({ err: cause }, "inference failed");
    metrics.failed(error, startedAt);
    throw error;
  }
}

/** Requests with the same bucket have tensors of the same shape but for their rows, so that they can be joined. */
export function bucketOf({ card }: ServedModel, inputs: readonly Pick<Tensor, "shape">[]): string | undefined {
  const open = card.inputs.some(({ shape }) => shape.indexOf(-1, 1) !== -1);
  return open ? inputs.map(({ shape }) => shape.slice(1).join()).join(";") : undefined;
}

/** Binary tensors may hold NaN and infinities, of which a reference knows nothing. */
function allFinite(values: Float32Array): boolean {
  return values.every((value) => Number.isFinite(value));
}
