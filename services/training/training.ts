import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { z } from "zod";
import {
  listVersions,
  type ModelCard,
  type ModelPackage,
  ModelPackageError,
  readModelPackage,
  sha256,
  writeModelPackage,
} from "../runtime/modelPackage";
import { ObjectNotFoundError, type ObjectStore, openObjectStore } from "../runtime/objectStore";
import type { StartArgs } from "../runtime/process";
import { classificationMetrics } from "./classificationMetrics";
import { type Dataset, DatasetError, parseDataset, selectRows, toColumns } from "./dataset";
import { fitLogisticRegression, predictProbabilities } from "./logisticRegression";
import { encodeClassifier } from "./onnxClassifier";
import type { trainingService } from "./service";
import { stratifiedSplit } from "./split";

/** What the job prints: the version that the store now has, and how it did on the hold-out. */
export type TrainingResult = Pick<ModelCard, "name" | "version" | "checksum" | "metrics">;

/** A model package that has no version yet. */
export interface TrainedPackage extends Omit<ModelPackage, "card"> {
  readonly card: Omit<ModelCard, "version">;
}

export interface TrainClassifierArgs {
  readonly name: string;
  readonly dataset: Dataset;
  /** The data set's name, for the card. */
  readonly source: string;
  /** Names of the classes 0 and 1. */
  readonly classes: readonly [string, string];
  readonly seed: number;
  readonly holdOutFraction: number;
}

/**
 * Fits on the training part of a stratified split and measures on the rest. Pure: the same arguments give the same
 * bytes. The reference is the training rows by column. The version is the publisher's to choose.
 */
export function trainClassifier(args: TrainClassifierArgs): TrainedPackage {
  const { name, dataset, source, seed, holdOutFraction } = args;
  const split = stratifiedSplit({ labels: dataset.labels, holdOutFraction, seed });
  const training = selectRows(dataset, split.training);
  const holdOut = selectRows(dataset, split.holdOut);
  const fitted = fitLogisticRegression(training);
  const model = encodeClassifier(fitted);
  return {
    model,
    reference: { columns: toColumns(training) },
    card: {
      name,
      platform: "onnx_onnxv1",
      checksum: sha256(model),
      task: "classification",
      features: [...dataset.features],
      classes: [...args.classes],
      inputs: [{ name: "features", datatype: "FP32", shape: [-1, dataset.features.length] }],
      outputs: [
        { name: "label", datatype: "INT64", shape: [-1] },
        { name: "probabilities", datatype: "FP32", shape: [-1, 2] },
      ],
      metrics: classificationMetrics(holdOut.labels, predictProbabilities(fitted, holdOut.rows)),
      training: {
        algorithm: "logistic_regression",
        seed,
        rows: split.training.length,
        holdOutRows: split.holdOut.length,
        dataset: source,
      },
    },
  };
}

/**
 * Publishes a trained model as the next version, unless the newest version has the same bytes: then that one stands.
 * A newest version that is damaged is superseded. Publishers of one model take turns; two at once would choose the
 * same number.
 */
export async function publish(store: ObjectStore, { card, model, reference }: TrainedPackage): Promise<ModelCard> {
  const newest = (await listVersions(store, card.name)).at(-1);
  const published = newest === undefined ? undefined : await readWhole(store, card.name, newest);
  if (published?.checksum === card.checksum) return published;
  const next = { ...card, version: String(Number(newest ?? 0) + 1) };
  await writeModelPackage(store, { card: next, model, reference });
  return next;
}

async function readWhole(store: ObjectStore, name: string, version: string): Promise<ModelCard | undefined> {
  try {
    return (await readModelPackage(store, name, version)).card;
  } catch (error) {
    if (error instanceof ModelPackageError || error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

/**
 * The job: reads the data set, trains, publishes.
 * @throws {DatasetError} when the data set cannot be read or trained on.
 */
export async function runTraining({
  environment,
  log,
}: StartArgs<(typeof trainingService)["environment"]>): Promise<TrainingResult> {
  const source = basename(environment.DATASET);
  const dataset = parseDataset(await readDataset(environment), source);
  const trained = trainClassifier({
    name: environment.MODEL_NAME,
    dataset,
    source,
    classes: environment.CLASSES.split(",") as [string, string],
    seed: environment.SEED,
    holdOutFraction: environment.HOLD_OUT_FRACTION,
  });
  const card = await publish(openObjectStore(environment.OBJECT_STORE_URL), trained);
  const { name, version, checksum, metrics } = card;
  log.info({ model: name, version, metrics, ...card.training }, "model is in the store");
  return { name, version, checksum, metrics };
}

async function readDataset({ DATASET }: z.output<(typeof trainingService)["environment"]>): Promise<string> {
  try {
    return await readFile(DATASET, "utf8");
  } catch (error) {
    throw new DatasetError(
      `The data set ${DATASET} cannot be read (${(error as NodeJS.ErrnoException).code}). Set DATASET to the path of a CSV file.`,
    );
  }
}
