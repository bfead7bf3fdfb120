import fc from "fast-check";
import { fuzzTarget } from "../../../../../tools/bench/serving/fuzz/fuzz";
import { FUZZ_TARGETS } from "../../../../../tools/bench/serving/fuzz/targets";

describe.each(FUZZ_TARGETS.map((target) => [target.name, target] as const))("%s", (_, target) => {
  it("refuses or reads whatever it is sent, and never fails", async () => {
    const check = async (seed: number) => expect((await fuzzTarget(target, 100, seed)).failures).toEqual([]);
    await fc.assert(fc.asyncProperty(fc.nat(), check), { numRuns: 20 });
  });

  it("takes its sound inputs, or says what is wrong with those of other models", async () => {
    for (const input of target.corpus) {
      try {
        await target.read(input);
      } catch (error) {
        expect((error as { status: number }).status).toBe(400);
      }
    }
  });

  it("finds a reader that fails", async () => {
    const broken = { ...target, read: () => Buffer.alloc(-1) };
    const { failures, accepted } = await fuzzTarget(broken, 3, 1);
    expect([failures.length, accepted, failures[0]?.problem]).toEqual([3, 0, expect.stringContaining("RangeError")]);
  });
});

it("sends the same inputs for the same seed", async () => {
  const [target] = FUZZ_TARGETS;
  if (target === undefined) throw new Error("There are targets.");
  const first = await fuzzTarget(target, 500, 7);
  const again = await fuzzTarget(target, 500, 7);
  expect({ ...first, slowestMs: 0 }).toEqual({ ...again, slowestMs: 0 });
});
