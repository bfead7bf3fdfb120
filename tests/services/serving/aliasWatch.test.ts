/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAliases } from "../../../services/runtime/modelAliases";
import { openObjectStore } from "../../../services/runtime/objectStore";
import type { RunningServing } from "../../../services/serving/serving";
import { eventually } from "../../support/eventually";
import { classifierPackage, publishPackage } from "../../support/onnxModels";
import { postJson, startTestServing } from "../../support/serving";
import { temporaryFolder } from "../../support/temporaryFolder";

const root = temporaryFolder();
let count = 0;
let folder: string;
let service: RunningServing | undefined;
const alias = (aliases: Record<string, string>) => writeAliases(openObjectStore(`file://${folder}`), "toy", aliases);

function start(variables: Record<string, string>): Promise<RunningServing> {
  return startTestServing({ OBJECT_STORE_URL: `file://${folder}`, MODEL_POLL_SECONDS: "0.05", ...variables });
}
beforeEach(async () => {
  folder = join(root, String(count++));
  for (const version of ["1", "2", "3"]) await publishPackage(folder, classifierPackage(3, { version }));
});
afterEach(async () => {
  await service?.close();
  service = undefined;
});
const predict = (url: string) => postJson<{ model_version: string }>(`${url}/predict`, { features: [1, 2, 3] });

describe("a model that is served by an alias", () => {
  it("follows the stage without losing a request, and keeps what it has when the new version is damaged", async () => {
    await alias({ Staging: "2" });
    service = await start({ MODEL_VERSION: "Production" });
    const { url } = service;
    const seen = new Set<string>();
    const predictUntil = (version: string) =>
      eventually(async () => {
        const answers = await Promise.all(Array.from({ length: 8 }, () => predict(url)));
        for (const { status, body } of answers) {
          expect(status).toBe(200);
          seen.add(body.model_version);
        }
        expect(answers.every(({ body }) => body.model_version === version)).toBe(true);
      });
    await predictUntil("2");
    await alias({ Staging: "2", Production: "1" });
    await predictUntil("1");
    await writeFile(join(folder, "toy/3/model.onnx"), "damaged");
    await alias({ Production: "3" });
    await eventually(async () => {
      const answer = await fetch(`${url}/v2/repository/index`, { method: "POST" });
      const index = (await answer.json()) as { version: string; reason: string }[];
      expect(index.find(({ version }) => version === "3")?.reason).toContain("is damaged");
    });
    expect((await predict(url)).body.model_version).toBe("1");
    await publishPackage(folder, classifierPackage(3, { version: "4" }));
    await alias({ Production: "4" });
    await predictUntil("4");
    expect([...seen]).toEqual(["2", "1", "4"]);
  });

  it("says which aliases there are when it has none of that name", async () => {
    await alias({ champion: "2" });
    await expect(start({ MODEL_VERSION: "Production" })).rejects.toThrow(
      `The model toy in file://${folder} has no alias Production or Staging. Aliases there: champion. Set one in toy/aliases.json.`,
    );
    service = await start({ MODEL_VERSION: "champion" });
    expect((await predict(service.url)).body.model_version).toBe("2");
  });

  it("is not loaded without its signature where one is asked for", async () => {
    const key = generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }).toString("base64");
    await expect(start({ MODEL_PUBLIC_KEY: key })).rejects.toThrow("There is no toy/3/signature.ed25519 in file:");
  });
});
