import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  listVersions,
  type ModelPackage,
  readModelPackage,
  sha256,
  writeModelPackage,
} from "../../../services/runtime/modelPackage";
import { type ObjectStore, openObjectStore } from "../../../services/runtime/objectStore";

function example(version: string): ModelPackage {
  const model = Buffer.from(`model ${version}`);
  return {
    model,
    reference: { columns: { a: [1, 2], b: [3, 4] } },
    card: {
      name: "m",
      version,
      platform: "onnx_onnxv1",
      checksum: sha256(model),
      task: "classification",
      features: ["b", "a"],
      classes: ["no", "yes"],
      inputs: [{ name: "features", datatype: "FP32", shape: [-1, 2] }],
      outputs: [{ name: "probabilities", datatype: "FP32", shape: [-1, 2] }],
      metrics: { auc: 0.9 },
      training: { algorithm: "none", seed: 1, rows: 2, holdOutRows: 1, dataset: "d.csv" },
    },
  };
}

describe("model packages", () => {
  let folder: string;
  let store: ObjectStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tideline-package-"));
    store = openObjectStore(pathToFileURL(folder).href);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("come back as they were written", async () => {
    await writeModelPackage(store, example("3"));
    expect(await readModelPackage(store, "m", "3")).toEqual(example("3"));
  });

  it("mark features of theirs as personal, and no others", async () => {
    const { card, ...rest } = example("1");
    await writeModelPackage(store, { card: { ...card, pii: ["a"] }, ...rest });
    expect((await readModelPackage(store, "m", "1")).card.pii).toEqual(["a"]);
    await writeModelPackage(store, { card: { ...card, pii: ["a", "age"] }, ...rest });
    await expect(readModelPackage(store, "m", "1")).rejects.toThrow(
      `m/1/card.json in ${store.url} marks age as pii, which is no feature of the model. Features: b, a.`,
    );
  });

  it("are listed by number, oldest first, and only when complete", async () => {
    for (const version of ["10", "9", "1"]) await writeModelPackage(store, example(version));
    await store.write("m/11/model.onnx", Buffer.from("half-written"));
    await store.write("m/drafts/card.json", Buffer.from("{}"));
    expect(await listVersions(store, "m")).toEqual(["1", "9", "10"]);
    expect(await listVersions(store, "unknown")).toEqual([]);
  });

  it("have their card written last", async () => {
    const written: string[] = [];
    const recording: ObjectStore = { ...store, write: async (key) => void written.push(key) };
    await writeModelPackage(recording, example("1"));
    expect(written.at(-1)).toBe("m/1/card.json");
  });

  it.each([
    [
      "model.onnx",
      "damaged",
      `is damaged: its SHA-256 is ${sha256(Buffer.from("damaged"))}, the card says ${example("1").card.checksum}. Publish the version again.`,
    ],
    ["card.json", "{", "m/1/card.json is not JSON: "],
    ["card.json", "{}", "m/1/card.json does not fit its schema:\n"],
    ["card.json", JSON.stringify(example("2").card), "describes m version 2. Publish the version again."],
    ["reference.json", '{"columns":{"a":[1]}}', "m/1/reference.json has the columns a; the card's features are a, b."],
    ["reference.json", '{"columns":{"a":[1],"b":[1,2]}}', "m/1/reference.json has columns of different lengths: 1, 2."],
  ])("are refused when %s is %j", async (part, content, message) => {
    await writeModelPackage(store, example("1"));
    await store.write(`m/1/${part}`, Buffer.from(content));
    await expect(readModelPackage(store, "m", "1")).rejects.toThrow(message);
    await expect(readModelPackage(store, "m", "1")).rejects.toHaveProperty("name", "ModelPackageError");
  });

  it("are refused when a part is missing", async () => {
    await writeModelPackage(store, example("1"));
    await store.delete("m/1/reference.json");
    await expect(readModelPackage(store, "m", "1")).rejects.toThrow(
      `There is no object m/1/reference.json in ${store.url}.`,
    );
  });
});
