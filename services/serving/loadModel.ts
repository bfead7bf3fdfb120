import { readAliases } from "../runtime/modelAliases";
import {
  listVersions,
  type ModelCard,
  type ModelPackage,
  ModelPackageError,
  type ModelReference,
} from "../runtime/modelPackage";
import type { ObjectStore } from "../runtime/objectStore";
import type { ExecutionProvider } from "./executionProviders";
import type { Executor, TensorSpec } from "./executor";
import { createExecutor } from "./modelExecutor";
import { createInlineRunner, knownProviders, type ModelRunner, type RunnerOptions } from "./modelRunner";
import { createThreadRunner } from "./threadRunner";
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
  const plain = policy.kind === "alias" ? await versionOfAlias(store, name, policy.names) : policy;
  const { chosen, missing } = selectVersions(plain, available);
  if (missing.length === 0) return chosen;
  throw new ModelPackageError(
    `There is no version ${missing.join(", ")} of the model ${name} in ${store.url}. Versions there: ${available.join(", ")}.`,
  );
}

async function versionOfAlias(store: ObjectStore, name: string, names: readonly string[]) {
  const aliases = await readAliases(store, name);
  const version = names.map((alias) => aliases[alias]).find((found) => found !== undefined);
  if (version !== undefined) return { kind: "specific", versions: [version] } as const;
  const known = Object.keys(aliases).join(", ") || "none";
  throw new ModelPackageError(
    `The model ${name} in ${store.url} has no alias ${names.join(" or ")}. Aliases there: ${known}. Set one in ${name}/aliases.json.`,
  );
}

/** Where a model runs: on the thread that answers requests, on one of its own, or what its speed suggests. */
export type Placement = "inline" | "thread" | "auto";

/**
 * A batch may hold the event loop this long. Measured with onnxruntime-node 1.30, a thread of its own adds some 0.05 ms
 * to a batch, a child process twice that and a copy each way; so quick models stay and slow ones move.
 */
const LONGEST_INLINE_MS = 2;

export interface LoadPackageArgs {
  /** URL of the store that the package was read from, for messages. */
  readonly storeUrl: string;
  /** Greatest batch that will be run. */
  readonly warmUpRows: number;
  readonly placement: Placement;
  /** What ONNX Runtime computes with. @default "cpu" */
  readonly provider?: ExecutionProvider;
  /** Told when a model's thread died and was replaced. */
  readonly onThreadEnded?: (error: Error) => void;
}

/**
 * Loads a model package, checks what it takes and gives against its card, and warms it up.
 * @throws {ModelPackageError} when it cannot be loaded or is not what its card says.
 */
export async function loadPackage(modelPackage: ModelPackage, args: LoadPackageArgs): Promise<LoadedModel> {
  const { placement, ...rest } = args;
  if (placement === "thread") return loadInto(createThreadRunner, modelPackage, rest);
  const inline = await loadInto(createInlineRunner, modelPackage, rest);
  if (placement === "inline" || inline.slowestMs <= LONGEST_INLINE_MS) return inline;
  await inline.executor.close();
  return loadInto(createThreadRunner, modelPackage, rest);
}

async function loadInto(
  createRunner: (model: Uint8Array, options: RunnerOptions) => Promise<ModelRunner>,
  { card, model, reference }: ModelPackage,
  { storeUrl, warmUpRows, ...options }: Omit<LoadPackageArgs, "placement">,
): Promise<LoadedModel & { readonly slowestMs: number }> {
  const where = `${card.name}/${card.version}/model.onnx in ${storeUrl}`;
  let runner: ModelRunner;
  try {
    runner = await createRunner(model, options);
  } catch (error) {
    await checkProvider(model, options, `${where} cannot be loaded`, error as Error);
    throw new ModelPackageError(`${where} cannot be loaded by ONNX Runtime: ${(error as Error).message}`);
  }
  try {
    const executor = createExecutor(runner);
    checkAgainstCard(executor, card, where);
    const { batches, slowestMs } = await warmUp(executor, warmUpRows);
    return { card, reference, executor: { ...executor, batches }, slowestMs };
  } catch (error) {
    await runner.close();
    throw error instanceof ModelPackageError ? error : new ModelPackageError(`${where} ${(error as Error).message}`);
  }
}

/** Tells whether it is the provider that cannot do it, by trying without. */
async function checkProvider(
  model: Uint8Array,
  { provider }: RunnerOptions,
  what: string,
  cause: Error,
): Promise<void> {
  if (provider === undefined || provider === "cpu") return;
  const plain = await createInlineRunner(model).catch(() => undefined);
  if (plain === undefined) return;
  await plain.close();
  throw new ModelPackageError(
    `${what} with EXECUTION_PROVIDER=${provider}: ${cause.message}. This ONNX Runtime knows ${knownProviders().join(", ")}; a GPU's also need its driver and libraries. Set EXECUTION_PROVIDER=cpu to run without.`,
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
