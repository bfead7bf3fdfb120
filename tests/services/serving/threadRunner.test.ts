/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import workerThreads from "node:worker_threads";
import { DATATYPES } from "../../../services/runtime/modelPackage";
import { createExecutor } from "../../../services/serving/modelExecutor";
import { createInlineRunner } from "../../../services/serving/modelRunner";
import type { RunningServing } from "../../../services/serving/serving";
import { createThreadRunner } from "../../../services/serving/threadRunner";
import { echoPackage } from "../../support/inferModels";
import { classifierModel, classifierPackage, LOOKUP_MAX, lookupModel, publishPackage } from "../../support/onnxModels";
import { postJson, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();
const matrix = (...data: number[]) => ({
  name: "features",
  datatype: "FP32" as const,
  shape: [1, data.length],
  data: Float32Array.from(data),
});

describe("a model on a thread of its own", () => {
  it("answers as inline, and leaves its inputs with the caller", async () => {
    const model = classifierModel(3);
    const executors = [
      createExecutor(await createInlineRunner(model)),
      createExecutor(await createThreadRunner(model)),
    ];
    const input = matrix(0.5, -1, 2);
    const [inline, thread] = await Promise.all(executors.map((executor) => executor.run([input])));
    expect(thread).toEqual(inline);
    expect(input.data).toEqual(Float32Array.of(0.5, -1, 2));
    expect(executors[1]?.inputs).toEqual(executors[0]?.inputs);
    await Promise.all(executors.map((executor) => executor.close()));
  });

  it("tells why it fails, and goes on", async () => {
    const executor = createExecutor(await createThreadRunner(lookupModel(1)));
    await expect(executor.run([matrix(LOOKUP_MAX + 1)])).rejects.toThrow("indices element out of data bounds");
    const [found] = await executor.run([matrix(7)]);
    expect(found?.data).toEqual(Float32Array.of(22));
    await executor.close();
    await expect(createThreadRunner(Buffer.from("no model"))).rejects.toThrow();
  });

  it("is replaced when its thread dies, and answers what it had taken", async () => {
    const threads: workerThreads.Worker[] = [];
    const { Worker } = workerThreads;
    const spy = jest.spyOn(workerThreads, "Worker").mockImplementation((...args) => {
      const worker = new Worker(...args);
      threads.push(worker);
      return worker;
    });
    const ended: string[] = [];
    const onThreadEnded = (error: Error) => ended.push(error.message);
    const executor = createExecutor(await createThreadRunner(lookupModel(1), { onThreadEnded }));
    try {
      for (const [value, kill] of [
        [7, "during"],
        [8, "between"],
        [9, "never"],
      ] as const) {
        if (kill === "between") await threads.at(-1)?.terminate();
        const running = executor.run([matrix(value)]);
        if (kill === "during") void threads.at(-1)?.terminate();
        expect((await running)[0]?.data).toEqual(Float32Array.of(3 * value + 1));
      }
      expect(threads).toHaveLength(3);
      expect(ended).toEqual(["The model's thread has ended.", "The model's thread has ended: it has exited."]);
    } finally {
      spy.mockRestore();
      await executor.close();
    }
  });

  it("is loaded and given back many times over", async () => {
    for (let round = 0; round < 10; round++) {
      const runners = await Promise.all([1, 2, 3].map(() => createThreadRunner(lookupModel(1))));
      await Promise.all(runners.map((runner) => runner.close()));
    }
  });

  it("serves every datatype", async () => {
    const OBJECT_STORE_URL = await publishPackage(folder, echoPackage());
    await publishPackage(folder, classifierPackage(3));
    const service: RunningServing = await startTestServing({ OBJECT_STORE_URL, MODELS: "echo", EXECUTION: "thread" });
    try {
      const { status, body } = await postJson(`${service.url}/predict`, { features: [1, 2, 3] });
      expect([status, body.model_version]).toEqual([200, "1"]);
      const inputs = DATATYPES.map((datatype) => ({
        name: datatype.toLowerCase(),
        datatype,
        shape: [1, 2],
        data: datatype === "BYTES" ? ["é", ""] : datatype === "BOOL" ? [true, false] : [1, 2],
      }));
      const answer = await postJson<{ outputs: { data: unknown[] }[] }>(`${service.url}/v2/models/echo/infer`, {
        inputs,
      });
      expect(answer.body.outputs.map(({ data }) => data)).toEqual(inputs.map(({ data }) => data));
    } finally {
      await service.close();
    }
  });
});
