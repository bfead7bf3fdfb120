import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHARTS } from "../../../components/kubernetes/charts";
import { DEFINED_CHARTS, readDefinitions, resolveDefinitions } from "../../../tools/toolchain/definitions";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();

test("are named after charts that Tideline installs, or after what clouds and users install", () => {
  const charts = Object.values(CHARTS).map(({ chart }) => chart as string);
  expect(DEFINED_CHARTS.filter((name) => !charts.includes(name)).sort()).toEqual(["gatekeeper", "gateway-api"]);
});

test("are read by chart, and none for another", () => {
  const definition = { kind: "CustomResourceDefinition", metadata: { name: "things.example.com" } };
  writeFileSync(join(folder, "thing.json"), JSON.stringify([definition]));
  expect(readDefinitions(folder, "thing")).toEqual([definition]);
  expect(readDefinitions(folder, "other")).toEqual([]);
});

test("are not used when a module is not the pinned one", async () => {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "go"), `#!/bin/sh\necho '{"Dir": "${folder}", "Sum": "h1:other"}'\n`);
  chmodSync(join(bin, "go"), 0o755);
  mkdirSync(join(folder, "cache", "tideline", "toolchain"), { recursive: true });
  const env = { PATH: bin, XDG_CACHE_HOME: join(folder, "cache") };
  await expect(resolveDefinitions({ env, report: () => {} })).rejects.toThrow(
    /^github\.com\/cert-manager\/cert-manager@v[\d.]+ is not what is pinned: its checksum is h1:other, not h1:\S+ It was not used\.$/,
  );
});
