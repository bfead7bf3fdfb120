/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import type { ModelPackage } from "../../../services/runtime/modelPackage";
import { createExecutor } from "../../../services/serving/modelExecutor";
import { createInlineRunner } from "../../../services/serving/modelRunner";
import { warmUp } from "../../../services/serving/warmUp";
import { echoPackage, unaryPackage } from "../../support/inferModels";
import { classifierPackage } from "../../support/onnxModels";

const matrix = { name: "x", datatype: "FP32", shape: [-1, 3] } as const;

async function warm({ model }: ModelPackage): Promise<{ batches: boolean; ran: (number | undefined)[] }> {
  const executor = createExecutor(await createInlineRunner(model));
  const ran: (number | undefined)[] = [];
  const watched = {
    ...executor,
    run: (inputs: Parameters<typeof executor.run>[0]) => {
      ran.push(inputs[0]?.shape[0]);
      return executor.run(inputs);
    },
  };
  try {
    const { batches } = await warmUp(watched, 8);
    return { batches, ran };
  } finally {
    await executor.close();
  }
}

describe("warmUp", () => {
  it("runs every power of two of rows, and lets models batch that keep rows apart", async () => {
    expect(await warm(classifierPackage(3))).toEqual({ batches: true, ran: [1, 2, 4, 8, 8, 8, 8, 1, 1, 2] });
    expect((await warm(echoPackage())).batches).toBe(true);
  });

  it("lets a model run each request by itself that mixes rows", async () => {
    const softmax = (axis: number) =>
      unaryPackage({ name: "s", operator: "Softmax", integers: { axis }, inputs: [matrix] });
    expect((await warm(softmax(1))).batches).toBe(true);
    expect((await warm(softmax(0))).batches).toBe(false);
  });

  it("runs a model of fixed shapes once", async () => {
    const fixed = { ...matrix, shape: [2, 2] };
    expect(await warm(unaryPackage({ name: "f", operator: "Neg", inputs: [fixed] }))).toEqual({
      batches: false,
      ran: [2, 2, 2, 2],
    });
  });

  it("warms models with open lengths as far as it can", async () => {
    const open = { ...matrix, shape: [-1, -1] };
    expect((await warm(unaryPackage({ name: "o", operator: "Neg", inputs: [open] }))).batches).toBe(true);
  });
});
