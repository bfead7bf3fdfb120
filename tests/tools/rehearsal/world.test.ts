import { spawn } from "node:child_process";
import { join } from "node:path";
import { readWorlds, World } from "../../../tools/rehearsal/world";
import { temporaryFolder } from "../../support/temporaryFolder";

const root = join(__dirname, "../../..");
const folder = temporaryFolder();

function increment(world: World): Promise<number> {
  return world.change((state) => ({ state: { ...state, sequence: state.sequence + 1 }, result: state.sequence + 1 }));
}

describe("World", () => {
  test("is empty at first", () => {
    expect(new World(folder, "new").read()).toEqual({ sequence: 0, clock: 0, waited: 0, resources: [] });
  });

  test("lets no change of many at once get lost", async () => {
    const worlds = [new World(folder, "busy"), new World(folder, "busy")];
    const results = await Promise.all(worlds.flatMap((world) => Array.from({ length: 10 }, () => increment(world))));
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test("is left as it was by a change that throws", async () => {
    const world = new World(folder, "strict");
    await increment(world);
    await expect(
      world.change(() => {
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(world.read().sequence).toBe(1);
    expect(await increment(world)).toBe(2);
  });

  test("is whole, and open to others, after its process was killed in the middle of its work", async () => {
    const script = `
      const { World } = require(${JSON.stringify(join(root, "tools/rehearsal/world.ts"))});
      const world = new World(${JSON.stringify(folder)}, "killed");
      const filler = "x".repeat(200000);
      (async () => {
        for (;;) {
          await world.change((state) => ({ state: { ...state, sequence: state.sequence + 1, filler }, result: 0 }));
          process.stdout.write(".");
        }
      })();`;
    // Not tsx's command, whose own child would outlive the kill.
    const child = spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), "-e", script], { cwd: root });
    const killed = new Promise((resolve) => child.once("close", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGKILL");
    await killed;
    const world = new World(folder, "killed");
    const before = world.read().sequence;
    expect(before).toBeGreaterThan(0);
    expect(await increment(world)).toBeGreaterThan(before);
  });

  test("is found by the folder that holds it", async () => {
    const apart = join(folder, "apart");
    await increment(new World(apart, "azure-native"));
    await increment(new World(apart, "aws"));
    expect(Object.keys(readWorlds(apart))).toEqual(["aws", "azure-native"]);
  });
});
