/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
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
