import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { requiredPackages } from "../../../../tools/toolchain/launcher/requiredPackages";
import { temporaryFolder } from "../../../support/temporaryFolder";

const folder = temporaryFolder();

function install(path: string, manifest: unknown): void {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, "package.json"), typeof manifest === "string" ? manifest : JSON.stringify(manifest));
}

test("packages that bring a provider are found, in every node_modules folder that the program sees", () => {
  install("node_modules/@pulumi/aws", { name: "@pulumi/aws", version: "7.1.0", pulumi: { resource: true } });
  install("node_modules/@other/thing", {
    name: "@other/thing",
    version: "1.0.0",
    pulumi: { resource: true, name: "thing", version: "v2.0.0", server: "https://plugins.example" },
  });
  install("node_modules/outer/node_modules/@pulumi/aws", {
    name: "@pulumi/aws",
    version: "6.0.0",
    pulumi: { resource: true },
  });
  install("app/node_modules/plain", { name: "plain", version: "1.0.0", pulumi: { resource: true } });
  install("app/node_modules/ordinary", { name: "ordinary", version: "1.0.0" });
  install("app/node_modules/component", { name: "component", version: "1.0.0", pulumi: { resource: false } });
  install("app/node_modules/broken", "{");
  mkdirSync(join(folder, "app", "stacks"));

  const found = requiredPackages(join(folder, "app", "stacks"));
  expect(found.sort((a, b) => `${a.name}${a.version}`.localeCompare(`${b.name}${b.version}`))).toEqual([
    { name: "aws", version: "v6.0.0", server: "" },
    { name: "aws", version: "v7.1.0", server: "" },
    { name: "plain", version: "v1.0.0", server: "" },
    { name: "thing", version: "v2.0.0", server: "https://plugins.example" },
  ]);
});

test("a folder without packages needs none", () => {
  expect(requiredPackages(join(folder, "nowhere"))).toHaveLength(3);
  expect(requiredPackages("/")).toEqual([]);
});
