import {
  listVersions,
  type ModelCard,
  type ModelPackage,
  ModelPackageError,
  type ModelReference,
} from "../runtime/modelPackage";
import type { ObjectStore } from "../runtime/objectStore";
import type { Executor, TensorSpec } from "./executor";
import { createInlineExecutor } from "./inlineExecutor";
import { type ModelSelection, selectVersions } from "./versionPolicy";
import { warmUp } from "./warmUp";

/** A model version that is loaded, checked and warm. Whoever holds it closes the executor. */
export interface LoadedModel {
  readonly card: ModelCard;
  readonly reference: ModelReference;
  readonly executor: Executor;
}

/**
 * The versions of a model that a policy takes, oldest first, at least one.
 * @throws {ModelPackageError} when there is none, or one that is named is not there.
 */
export async function resolveVersions(
  store: ObjectStore,
  { name, policy }: ModelSelection,
): Promise<readonly string[]> {
  const available = await listVersions(store, name);
  if (available.length === 0) {
    throw new ModelPackageError(
      `There is no version of the model ${name} in ${store.url}. Publish one with the training job, or set MODEL_NAME and OBJECT_STORE_URL to where one is.`,
    );
  }
  const { chosen, missing } = selectVersions(policy, available);
  if (missing.length === 0) return chosen;
  throw new ModelPackageError(
    `There is no version ${missing.join(", ")} of the model ${name} in ${store.url}. Versions there: ${available.join(", ")}.`,
  );
}

/**
 * Loads a model package that was read from the store at `storeUrl`, checks what it takes and gives against its card,
 * and warms it up for batches of up to `warmUpRows` rows.
 * @throws {ModelPackageError} when it cannot be loaded or is not what its card says.
 */
export async function loadPackage(
  { card, model, reference }: ModelPackage,
  storeUrl: string,
  warmUpRows: number,
): Promise<LoadedModel> {
  const where = `${card.name}/${card.version}/model.onnx in ${storeUrl}`;
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
