import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");
const bench = (...args: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", join(root, "tools", "bench", "main.ts"), ...args], {
    cwd: root,
    encoding: "utf8",
  });

describe("npm run bench", () => {
  it.each([
    [[], "No benchmark is named. Allowed: "],
    [["servign", "--json"], "Found: servign. Allowed: "],
    [["serving", "fast"], "Found: serving fast. Allowed: "],
  ])("names the benchmarks that there are, given %j", (args, start) => {
    const { status, stdout, stderr } = bench(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.startsWith(start)).toBe(true);
    expect(stderr).toMatch(/\bserving\b.* Usage: npm run bench -- NAME \[--json\] \[--quick\]\n$/);
  });
});
