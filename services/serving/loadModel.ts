import {
  listVersions,
  type ModelCard,
  ModelPackageError,
  type ModelReference,
  readModelPackage,
} from "../runtime/modelPackage";
import type { ObjectStore } from "../runtime/objectStore";
import type { Executor, TensorSpec } from "./executor";
import { createInlineExecutor } from "./inlineExecutor";
import { warmUp } from "./warmUp";

/** A model version that is loaded, checked and warm. Whoever holds it closes the executor. */
export interface LoadedModel {
  readonly card: ModelCard;
  readonly reference: ModelReference;
  readonly executor: Executor;
}

export interface LoadModelArgs {
  readonly store: ObjectStore;
  readonly name: string;
  /** A version, or "latest" for the greatest number. */
  readonly version: string;
  /** Greatest batch that will be run; every power of two up to it is run once, since first runs are slow. */
  readonly warmUpRows: number;
}

/**
 * Reads a model version, checks its bytes against its card's checksum, loads it, checks what it takes and gives
 * against the card, and warms it up.
 * @throws {ModelPackageError} when there is no such version, or it is damaged or not what its card says.
 */
export async function loadModel({ store, name, version, warmUpRows }: LoadModelArgs): Promise<LoadedModel> {
  const { card, model, reference } = await readModelPackage(store, name, await resolveVersion(store, name, version));
  const where = `${card.name}/${card.version}/model.onnx in ${store.url}`;
  let executor: Executor;
  try {
    executor = await createInlineExecutor(model);
  } catch (error) {
    throw new ModelPackageError(`${where} cannot be loaded by ONNX Runtime: ${(error as Error).message}`);
  }
  try {
    checkAgainstCard(executor, card, where);
    return { card, reference, executor: await warmUp(executor, warmUpRows) };
  } catch (error) {
    await executor.close();
    throw error instanceof ModelPackageError ? error : new ModelPackageError(`${where} ${(error as Error).message}`);
  }
}

async function resolveVersion(store: ObjectStore, name: string, version: string): Promise<string> {
  const versions = await listVersions(store, name);
  const newest = versions.at(-1);
  if (newest === undefined) {
    throw new ModelPackageError(
      `There is no version of the model ${name} in ${store.url}. Publish one with the training job, or set MODEL_NAME and OBJECT_STORE_URL to where one is.`,
    );
  }
  if (version === "latest") return newest;
  if (versions.includes(version)) return version;
  throw new ModelPackageError(
    `There is no version ${version} of the model ${name} in ${store.url}. Versions there: ${versions.join(", ")}.`,
  );
}

function checkAgainstCard(executor: Executor, card: ModelCard, where: string): void {
  for (const side of ["inputs", "outputs"] as const) {
    const actual = executor[side].map(specText).join(", ");
    const declared = card[side].map(specText).join(", ");
    if (actual !== declared) {
      throw new ModelPackageError(`${where} has the ${side} ${actual}, but its card says ${declared}.`);
    }
  }
}

function specText({ name, datatype, shape }: TensorSpec): string {
  return `${name} ${datatype} [${shape}]`;
}
