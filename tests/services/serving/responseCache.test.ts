/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import fc from "fast-check";
import { ResponseCache } from "../../../services/serving/responseCache";
import type { Tensor } from "../../../services/serving/tensor";
import { classifierPackage, publishPackage } from "../../support/onnxModels";
import { postJson, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const tensor = (...data: number[]): Tensor => ({
  name: "x",
  datatype: "FP32",
  shape: [data.length, 1],
  data: Float32Array.from(data),
});
const words = (shape: number[], ...data: string[]): Tensor => ({ name: "w", datatype: "BYTES", shape, data });

describe("ResponseCache", () => {
  it("tells apart what differs in a bit, a shape or the border between texts", () => {
    const different = [
      [tensor(0)],
      [tensor(-0)],
      [tensor(0, 0)],
      [{ ...tensor(0, 0), shape: [1, 2] }],
      [tensor(0), tensor(0)],
      [words([2], "ab", "c")],
      [words([2], "a", "bc")],
      [words([1, 2], "a", "bc")],
    ];
    expect(new Set(different.map((inputs) => ResponseCache.keyOf(inputs))).size).toBe(different.length);
    expect(ResponseCache.keyOf([tensor(1, 2)])).toBe(ResponseCache.keyOf([tensor(1, 2)]));
  });

  it("gives back what was put last, never more than the limit, and forgets what was not asked for the longest", () => {
    const step = fc.record({
      key: fc.integer({ min: 0, max: 9 }),
      put: fc.boolean(),
      size: fc.integer({ min: 1, max: 300 }),
    });
    const limit = 4000;
    const cost = (key: string, size: number) => key.length + 512 + size * 4;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const cache = new ResponseCache(limit);
        let model: { key: string; size: number }[] = [];
        for (const { key: number, put, size } of steps) {
          const key = String(number);
          const known = model.find((entry) => entry.key === key);
          if (put) {
            cache.put(key, [tensor(...new Array<number>(size).fill(number))]);
            model = [...model.filter((entry) => entry !== known), { key, size }];
            while (model.reduce((sum, entry) => sum + cost(entry.key, entry.size), 0) > limit) model.shift();
          } else {
            expect(cache.get(key)?.[0]?.data.length).toBe(known?.size);
            if (known !== undefined) model = [...model.filter((entry) => entry !== known), known];
          }
          expect(cache.bytes).toBe(model.reduce((sum, entry) => sum + cost(entry.key, entry.size), 0));
        }
      }),
    );
  });

  it("does not throw everything out for what does not fit", () => {
    const cache = new ResponseCache(1000);
    cache.put("a", [tensor(1)]);
    cache.put("b", [tensor(...new Array<number>(1000).fill(0))]);
    expect(cache.get("a")).toEqual([tensor(1)]);
    expect(cache.get("b")).toBeUndefined();
  });
});

describe("a server with a cache", () => {
  const folder = temporaryFolder();
  const ask = (url: string, data: number[], outputs: string[]) =>
    postJson<{ outputs: object[] }>(`${url}/v2/models/toy/infer`, {
      inputs: [{ name: "features", datatype: "FP32", shape: [1, 3], data }],
      outputs: outputs.map((name) => ({ name })),
    });

  it("answers the same from it, and counts hits and misses", async () => {
    const OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3));
    const service = await startTestServing({ OBJECT_STORE_URL, RESPONSE_CACHE_BYTES: "100000" });
    try {
      const first = await ask(service.url, [1, 2, 3], ["label", "probabilities"]);
      const again = await ask(service.url, [1, 2, 3], ["probabilities"]);
      await ask(service.url, [1, 2, 4], ["label"]);
      expect(again.body.outputs).toEqual(first.body.outputs.slice(1));
      const statistics = await (await fetch(`${service.url}/v2/models/toy/stats`)).json();
      expect(statistics).toMatchObject({
        model_stats: [
          {
            inference_count: 2,
            execution_count: 2,
            inference_stats: { success: { count: 3 }, cache_hit: { count: 1 }, cache_miss: { count: 2 } },
          },
        ],
      });
    } finally {
      await service.close();
    }
  });
});
