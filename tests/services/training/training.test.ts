import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readEnvironment } from "../../../services/runtime/environment";
import { createLogger } from "../../../services/runtime/logging";
import { listVersions, readModelPackage } from "../../../services/runtime/modelPackage";
import { type ObjectStore, openObjectStore } from "../../../services/runtime/objectStore";
import { trainingService } from "../../../services/training/service";
import { runTraining, trainClassifier } from "../../../services/training/training";
import { breastCancer, breastCancerPath } from "../../support/breastCancer";

describe("trainClassifier", () => {
  const train = (seed: number) =>
    trainClassifier({
      name: "m",
      dataset: breastCancer(),
      source: "b.csv",
      classes: ["malignant", "benign"],
      seed,
      holdOutFraction: 0.25,
    });

  it("gives the same bytes for the same seed, others for another", () => {
    const [first, again, other] = [train(42), train(42), train(43)];
    expect(again).toEqual(first);
    expect(other.card.checksum).not.toBe(first.card.checksum);
    expect(other.reference).not.toEqual(first.reference);
  });

  it("keeps the training rows as the reference and describes the model", () => {
    const { card, reference } = train(42);
    expect(Object.keys(reference.columns)).toEqual(card.features);
    expect(card.training).toEqual({
      algorithm: "logistic_regression",
      seed: 42,
      rows: 427,
      holdOutRows: 142,
      dataset: "b.csv",
    });
    for (const column of Object.values(reference.columns)) expect(column).toHaveLength(427);
    expect(card.metrics.auc).toBeGreaterThan(0.99);
  });
});

describe("runTraining", () => {
  let folder: string;
  let store: ObjectStore;
  const run = (variables: Record<string, string> = {}) =>
    runTraining({
      environment: readEnvironment(trainingService, {
        OBJECT_STORE_URL: store.url,
        DATASET: breastCancerPath,
        ...variables,
      }),
      log: createLogger("training", "silent"),
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tideline-training-"));
    store = openObjectStore(pathToFileURL(folder).href);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("publishes version 1, reuses it while nothing changes, and numbers the next", async () => {
    const first = await run();
    expect(first).toMatchObject({ name: "breast-cancer", version: "1" });
    expect(await run()).toEqual(first);
    expect(await run({ SEED: "7" })).toMatchObject({ version: "2" });
    expect(await listVersions(store, "breast-cancer")).toEqual(["1", "2"]);
    const { card } = await readModelPackage(store, "breast-cancer", "1");
    expect(card).toMatchObject({ checksum: first.checksum, metrics: first.metrics, classes: ["malignant", "benign"] });
  });

  it("supersedes a newest version that is damaged", async () => {
    const { checksum } = await run();
    await store.write("breast-cancer/1/model.onnx", Buffer.from("damaged"));
    expect(await run()).toMatchObject({ version: "2", checksum });
  });

  it("says which data set it cannot read", async () => {
    await expect(run({ DATASET: "/nowhere/x.csv" })).rejects.toThrow(
      "The data set /nowhere/x.csv cannot be read (ENOENT). Set DATASET to the path of a CSV file.",
    );
  });
});
