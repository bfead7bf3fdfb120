import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildPack } from "../../../tools/policy/pack";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();

describe("buildPack", () => {
  test("is one script with every rule, beside its exceptions, and is built again over an older one", () => {
    const pack = buildPack(folder);
    expect(buildPack(folder)).toBe(pack);
    const script = readFileSync(join(pack, "index.js"), "utf8");
    for (const rule of ["eks-endpoint-breadth", "gke-node-repair", "pod-limits"]) expect(script).toContain(`"${rule}"`);
    const exceptions = (name: string) => readFileSync(join(name, "exceptions.json"), "utf8");
    expect(exceptions(pack)).toBe(exceptions(join(__dirname, "../../../policies")));
  });

  test("names its script, and tells the engine not to compile it", () => {
    const pack = buildPack(folder);
    expect(JSON.parse(readFileSync(join(pack, "package.json"), "utf8"))).toMatchObject({ main: "./index.js" });
    expect(readFileSync(join(pack, "PulumiPolicy.yaml"), "utf8")).toContain("typescript: false");
  });
});
