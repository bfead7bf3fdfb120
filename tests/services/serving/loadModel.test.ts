/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ModelPackage, readModelPackage, sha256 } from "../../../services/runtime/modelPackage";
import { openObjectStore } from "../../../services/runtime/objectStore";
import type { ExecutionProvider } from "../../../services/serving/executionProviders";
import { loadPackage, type Placement, resolveVersions } from "../../../services/serving/loadModel";
import { createPredictor } from "../../../services/serving/predictor";
import { toPolicy } from "../../../services/serving/versionPolicy";
import { classifierModel, classifierPackage, lookupModel, publishPackage } from "../../support/onnxModels";
import { temporaryFolder } from "../../support/temporaryFolder";

const root = temporaryFolder();
let count = 0;

/** A new store with these packages, and how to load from it. */
async function storeWith(...packages: ModelPackage[]) {
  const folder = join(root, String(count++));
  const url = `file://${folder}`;
  for (const each of packages) await publishPackage(folder, each);
  const store = openObjectStore(url);
  const load = async (policy = "latest", placement: Placement = "auto", provider: ExecutionProvider = "cpu") => {
    const [version = ""] = await resolveVersions(store, { name: "toy", policy: toPolicy(policy) });
    return loadPackage(await readModelPackage(store, "toy", version), {
      storeUrl: url,
      warmUpRows: 4,
      placement,
      provider,
    });
  };
  return { folder, url, load };
}

/** The package with other bytes, whose checksum the card states truly. */
function withModel(modelPackage: ModelPackage, model: Uint8Array): ModelPackage {
  return { ...modelPackage, model, card: { ...modelPackage.card, checksum: sha256(model) } };
}

async function failure(loading: Promise<unknown>): Promise<{ name: string; message: string }> {
  return loading.then(
    () => ({ name: "none", message: "it loaded" }),
    (error: Error) => ({ name: error.name, message: error.message }),
  );
}

const version = (text: string) => classifierPackage(3, { version: text });

describe("loading", () => {
  it("takes the greatest number for latest, and the version it is told", async () => {
    const { load } = await storeWith(version("2"), version("10"), version("9"));
    for (const [asked, given] of [
      ["latest", "10"],
      ["9", "9"],
    ]) {
      const { card, executor } = await load(asked);
      expect(card.version).toBe(given);
      await executor.close();
    }
  });

  it("says what keeps a provider from being used, and on cpu needs none", async () => {
    const { load, url } = await storeWith(version("1"));
    // A provider of another system than this one.
    const absent = process.platform === "win32" ? "coreml" : "dml";
    for (const placement of ["inline", "thread"] as const) {
      expect((await failure(load("latest", placement, absent))).message).toMatch(
        new RegExp(
          `^toy/1/model.onnx in ${url} cannot be loaded with EXECUTION_PROVIDER=${absent}: .*backend not found.*\\. This ONNX Runtime knows cpu,.*; a GPU's also need its driver and libraries\\. Set EXECUTION_PROVIDER=cpu to run without\\.$`,
        ),
      );
    }
  });

  it("says what there is when the version is not there", async () => {
    const { load, url } = await storeWith(version("2"), version("10"));
    expect(await failure(load("3"))).toEqual({
      name: "ModelPackageError",
      message: `There is no version 3 of the model toy in ${url}. Versions there: 2, 10.`,
    });
    const empty = await storeWith();
    expect((await failure(empty.load())).message).toBe(
      `There is no version of the model toy in ${empty.url}. Publish one with the training job, or set MODEL_NAME and OBJECT_STORE_URL to where one is.`,
    );
  });

  it("refuses bytes that are not those of the card", async () => {
    const { load, url, folder } = await storeWith(version("1"));
    const bytes = Buffer.from(classifierModel(3));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(join(folder, "toy/1/model.onnx"), bytes);
    const expected = sha256(classifierModel(3));
    expect((await failure(load())).message).toBe(
      `toy/1/model.onnx in ${url} is damaged: its SHA-256 is ${sha256(bytes)}, the card says ${expected}. Publish the version again.`,
    );
  });

  it("refuses bytes that are no model, though the card vouches for them", async () => {
    const { load, url } = await storeWith(withModel(version("1"), Buffer.from("no model")));
    expect((await failure(load())).message).toContain(`toy/1/model.onnx in ${url} cannot be loaded by ONNX Runtime: `);
  });

  it("refuses a model that is another than its card says", async () => {
    const { load, url } = await storeWith(withModel(version("1"), classifierModel(4)));
    expect((await failure(load())).message).toBe(
      `toy/1/model.onnx in ${url} has the inputs features FP32 [-1,4], but its card says features FP32 [-1,3].`,
    );
    const outputs = await storeWith(withModel(version("1"), lookupModel(3)));
    expect((await failure(outputs.load())).message).toBe(
      `toy/1/model.onnx in ${outputs.url} has the outputs found FP32 [-1,3], but its card says label INT64 [-1], probabilities FP32 [-1,2].`,
    );
  });

  it("takes a model whose inputs are not the features; /predict says that it cannot answer it", async () => {
    const { load } = await storeWith({
      ...classifierPackage(3, { features: ["f0", "f1"] }),
      reference: { columns: { f0: [1], f1: [1] } },
    });
    const { card, executor } = await load();
    await executor.close();
    expect(createPredictor(card)).toMatchObject({
      status: 404,
      code: "model_not_tabular",
      message:
        "The model toy takes features FP32 [-1,3]. /predict answers models with one input, FP32 [-1,2] for 2 features. Send POST /v2/models/toy/infer instead.",
    });
  });

  it.each(["inline", "thread"] as const)("runs a model %s when told so", async (placement) => {
    const { load } = await storeWith(version("1"));
    const { executor } = await load("1", placement);
    const input = { name: "features", datatype: "FP32", shape: [1, 3], data: Float32Array.of(1, 2, 3) } as const;
    const [label] = await executor.run([input]);
    expect(label?.shape).toEqual([1]);
    await executor.close();
  });
});
