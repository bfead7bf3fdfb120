/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { Batcher, type BatcherArgs, type Job } from "../../../services/serving/batcher";
import type { Executor } from "../../../services/serving/executor";
import { createExecutor } from "../../../services/serving/modelExecutor";
import { createInlineRunner } from "../../../services/serving/modelRunner";
import type { Tensor } from "../../../services/serving/tensor";
import { LOOKUP_MAX, lookupModel } from "../../support/onnxModels";

const WIDTH = 3;
const POISON = LOOKUP_MAX + 1;
let executor: Executor;

beforeAll(async () => {
  executor = createExecutor(await createInlineRunner(lookupModel(WIDTH)));
});
afterAll(() => executor.close());

function numbersOf(tensor: Tensor | undefined): number[] {
  return Array.from(tensor?.data ?? [], Number);
}

/** Submits and resolves to the caller's own rows. */
function predict(batcher: Batcher, values: readonly number[]): Promise<number[]> {
  const rows = values.length / WIDTH;
  return new Promise((resolve, fail) => {
    const take = (outputs: readonly Tensor[], firstRow: number) => {
      resolve(numbersOf(outputs[0]).slice(firstRow * WIDTH, (firstRow + rows) * WIDTH));
    };
    batcher.submit({ rows, inputs: [{ shape: [rows, WIDTH], data: values }], queuedAt: 0, succeed: take, fail });
  });
}

async function unbatched(values: readonly number[]): Promise<number[]> {
  const shape = [values.length / WIDTH, WIDTH];
  const outputs = await executor.run([{ name: "features", datatype: "FP32", shape, data: Float32Array.from(values) }]);
  return numbersOf(outputs[0]);
}

/** Remembers the batches that ran. */
function watched(): Executor & { ran: number[][] } {
  const ran: number[][] = [];
  return {
    ...executor,
    ran,
    run: (inputs) => {
      ran.push(numbersOf(inputs[0]));
      return executor.run(inputs);
    },
  };
}

const defaults: Omit<BatcherArgs, "executor"> = { maxBatchRows: 8, maxDelayMs: 0, maxQueueRows: 10_000 };
const row = fc.array(fc.integer({ min: 0, max: LOOKUP_MAX }), { minLength: WIDTH, maxLength: WIDTH });
const caller = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 6 }),
  pauseMs: fc.constantFrom(0, 0, 0, 1, 2),
  poisoned: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
});

describe("batching over the real ONNX Runtime", () => {
  it("gives every caller its own answer, equal to the unbatched one, whatever arrives with it", async () => {
    const settings = fc.record({
      maxBatchRows: fc.integer({ min: 1, max: 16 }),
      maxDelayMs: fc.constantFrom(0, 0, 1, 3),
    });
    const property = async (callers: { rows: number[][]; pauseMs: number; poisoned: boolean }[], setting: object) => {
      const watcher = watched();
      const batcher = new Batcher({ ...defaults, ...setting, executor: watcher });
      const outcomes = await Promise.all(
        callers.map(async ({ rows, pauseMs, poisoned }) => {
          if (pauseMs > 0) await wait(pauseMs);
          const values = rows.flat();
          if (poisoned) values[0] = POISON;
          const [result] = await Promise.allSettled([predict(batcher, values)]);
          return { values, poisoned, result };
        }),
      );
      await batcher.close();
      const spoilt = watcher.ran.filter((batch) => batch.includes(POISON)).map((batch) => batch.join());
      for (const { values, poisoned, result } of outcomes) {
        if (result.status === "fulfilled") {
          expect(poisoned).toBe(false);
          expect(result.value).toEqual(await unbatched(values));
        } else {
          expect(result.reason.message).toContain("indices element out of data bounds");
          expect(spoilt.some((batch) => batch.includes(values.join()))).toBe(true);
        }
      }
      expect(watcher.ran.flat()).toHaveLength(callers.flatMap(({ rows }) => rows.flat()).length);
    };
    await fc.assert(fc.asyncProperty(fc.array(caller, { minLength: 1, maxLength: 40 }), settings, property), {
      numRuns: 150,
    });
  });
});

describe("Batcher", () => {
  const numbers = (rows: number) => Array.from({ length: rows * WIDTH }, (_, index) => index);

  it("merges what arrives in one turn of the event loop, up to the limit, first come first served", async () => {
    const watcher = watched();
    const batcher = new Batcher({ ...defaults, executor: watcher });
    await Promise.all([3, 4, 2, 1, 12, 1].map((rows) => predict(batcher, numbers(rows))));
    expect(watcher.ran.map((batch) => batch.length / WIDTH)).toEqual([7, 3, 12, 1]);
  });

  it("runs a full batch without waiting, and one that is not full after the delay", async () => {
    const watcher = watched();
    const batcher = new Batcher({ ...defaults, maxDelayMs: 20, executor: watcher });
    await Promise.all([1, 2, 3].map((rows) => predict(batcher, numbers(rows))));
    await Promise.all([4, 4, 1].map((rows) => predict(batcher, numbers(rows))));
    expect(watcher.ran.map((batch) => batch.length / WIDTH)).toEqual([6, 8, 1]);
  });

  it("refuses what does not fit the queue, and takes again when it has room", async () => {
    const batcher = new Batcher({ ...defaults, maxQueueRows: 5, executor });
    const taken = [predict(batcher, numbers(3)), predict(batcher, numbers(2))];
    expect(batcher.queuedRows).toBe(5);
    await expect(predict(batcher, numbers(1))).rejects.toMatchObject({
      status: 503,
      code: "queue_full",
      message: "5 rows already wait for a prediction and 5 may. Try again in a second.",
      details: { retry_after_seconds: 1 },
    });
    await expect(predict(batcher, numbers(6))).rejects.toMatchObject({
      status: 413,
      code: "too_many_rows",
      message: "The request has 6 rows. Allowed: up to 5.",
    });
    await Promise.all(taken);
    expect(batcher.queuedRows).toBe(0);
    expect(await predict(batcher, numbers(1))).toEqual([1, 4, 7]);
  });

  it("knows before it reads a request that there is no room for one like the last", async () => {
    const batcher = new Batcher({ ...defaults, executor, maxQueueRows: 5 });
    expect(batcher.congestion).toBeUndefined();
    const taken = predict(batcher, new Array(4 * WIDTH).fill(1));
    expect(batcher.congestion).toBeUndefined();
    await expect(predict(batcher, new Array(2 * WIDTH).fill(1))).rejects.toMatchObject({ code: "queue_full" });
    expect(batcher.congestion).toMatchObject({
      status: 503,
      code: "queue_full",
      message: "4 rows already wait for a prediction and 5 may. Try again in a second.",
    });
    await taken;
    expect(batcher.congestion).toBeUndefined();
  });

  it("answers what it has taken before it closes, and takes nothing more", async () => {
    const batcher = new Batcher({ ...defaults, maxDelayMs: 60_000, executor });
    const taken = predict(batcher, numbers(2));
    const closing = batcher.close();
    await expect(predict(batcher, numbers(1))).rejects.toMatchObject({ status: 503, code: "shutting_down" });
    await closing;
    expect(await taken).toHaveLength(2 * WIDTH);
    await batcher.close();
  });

  it("neither runs nor answers what was withdrawn, and fails what was abandoned without running it", async () => {
    const watcher = watched();
    const batcher = new Batcher({ ...defaults, executor: watcher });
    const ended: string[] = [];
    const job = (name: string, abandoned: boolean): Job => ({
      rows: 1,
      queuedAt: 0,
      abandoned,
      inputs: [{ shape: [1, WIDTH], data: [1, 2, 3] }],
      succeed: () => ended.push(`${name} answered`),
      fail: (error) => ended.push(`${name}: ${(error as Error).message}`),
    });
    const [first, second, third] = [job("first", false), job("second", true), job("third", false)] as const;
    for (const each of [first, second, third]) batcher.submit(each);
    expect(batcher.withdraw(first)).toBe(true);
    await batcher.close();
    expect(ended).toEqual(["second: The caller hung up before its request was run.", "third answered"]);
    expect(watcher.ran).toEqual([[1, 2, 3]]);
    expect(batcher.withdraw(third)).toBe(false);
  });

  it("fails what waited longer than it may, without running it", async () => {
    const run = watched();
    const batcher = new Batcher({ ...defaults, executor: run, maxWaitMs: 1000 });
    const ends: string[] = [];
    const job = (name: string, waitedMs: number): Job => ({
      rows: 1,
      inputs: [{ shape: [1, WIDTH], data: [waitedMs, 0, 0] }],
      queuedAt: performance.now() - waitedMs,
      succeed: () => ends.push(`${name} succeeded`),
      fail: (error) => ends.push(`${name}: ${(error as Error).message}`),
    });
    for (const each of [job("late", 2000), job("timely", 5)]) batcher.submit(each);
    await batcher.close();
    expect(ends).toEqual([
      "late: The request waited for its batch longer than the 1000 ms that are allowed here. Send it again when there is less load.",
      "timely succeeded",
    ]);
    expect(run.ran).toEqual([[5, 0, 0]]);
  });

  it("closes when all that waited was withdrawn or abandoned", async () => {
    const batcher = new Batcher({ ...defaults, maxDelayMs: 60_000, executor });
    const job: Job = { rows: 1, queuedAt: 0, inputs: [], succeed: () => {}, fail: () => {} };
    batcher.submit(job);
    const closing = batcher.close();
    expect(batcher.withdraw(job)).toBe(true);
    await closing;
    const other = new Batcher({ ...defaults, executor });
    other.submit({ ...job, abandoned: true });
    await other.close();
  });

  it("keeps a caller's trouble with its answer from the others", async () => {
    const batcher = new Batcher({ ...defaults, executor });
    const failures: unknown[] = [];
    const clumsy: Job = {
      rows: 1,
      queuedAt: 0,
      inputs: [{ shape: [1, 3], data: [1, 2, 3] }],
      succeed: () => {
        throw new Error("clumsy");
      },
      fail: (error) => failures.push(error),
    };
    batcher.submit(clumsy);
    expect(await predict(batcher, [5, 6, 7])).toEqual([16, 19, 22]);
    expect(failures).toEqual([new Error("clumsy")]);
  });

  it("fails a batch for which the model gives another number of rows, since nobody's row is known then", async () => {
    const short: Executor = {
      ...executor,
      run: async () => [{ name: "found", datatype: "FP32", shape: [1], data: [] }],
    };
    const batcher = new Batcher({ ...defaults, executor: short });
    const outcomes = await Promise.allSettled([predict(batcher, numbers(1)), predict(batcher, numbers(1))]);
    const reason = new Error("Output found has shape [1] for a batch of 2 rows; one row for each is needed.");
    expect(outcomes).toEqual([
      { status: "rejected", reason },
      { status: "rejected", reason },
    ]);
  });
});
