import type { KeyObject } from "node:crypto";
import { readAliases } from "../runtime/modelAliases";
import {
  listVersions,
  type ModelCard,
  type ModelPackage,
  ModelPackageError,
  type ModelReference,
  modelFile,
  readModelPackage,
} from "../runtime/modelPackage";
import type { ObjectStore } from "../runtime/objectStore";
import { createEnsembleExecutor, type RunningStep } from "./ensemble/ensembleExecutor";
import { planEnsemble, readEnsembleSteps } from "./ensemble/ensemblePlan";
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
  /** Packages of the steps of an ensemble. */
  readonly parts?: readonly ModelPackage[];
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

type CreateRunner = (model: Uint8Array, options: RunnerOptions) => Promise<ModelRunner>;

async function loadInto(
  createRunner: CreateRunner,
  modelPackage: ModelPackage,
  args: Omit<LoadPackageArgs, "placement">,
): Promise<LoadedModel & { readonly slowestMs: number }> {
  const { card, reference } = modelPackage;
  const executor = await (card.platform === "ensemble" ? openEnsemble : openModel)(createRunner, modelPackage, args);
  try {
    const { batches, slowestMs } = await warmUp(executor, args.warmUpRows);
    return { card, reference, executor: { ...executor, batches }, slowestMs };
  } catch (error) {
    await executor.close();
    throw new ModelPackageError(`${whereIs(card, args.storeUrl)} ${(error as Error).message}`);
  }
}

async function openModel(
  createRunner: CreateRunner,
  { card, model }: ModelPackage,
  { storeUrl, provider, onThreadEnded }: Omit<LoadPackageArgs, "placement">,
): Promise<Executor> {
  const where = whereIs(card, storeUrl);
  const options = { ...(provider && { provider }), ...(onThreadEnded && { onThreadEnded }) };
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
    return executor;
  } catch (error) {
    await runner.close();
    throw error instanceof ModelPackageError ? error : new ModelPackageError(`${where} ${(error as Error).message}`);
  }
}

async function openEnsemble(
  createRunner: CreateRunner,
  modelPackage: ModelPackage,
  args: Omit<LoadPackageArgs, "placement">,
): Promise<Executor> {
  const { card } = modelPackage;
  const steps = readEnsembleSteps(modelPackage).map((step) => {
    const part = args.parts?.find(
      ({ card: { name, version } }) => name === step.model_name && version === step.model_version,
    );
    if (part !== undefined) return { step, part, card: part.card };
    throw new ModelPackageError(
      `${whereIs(card, args.storeUrl)} has no part ${step.model_name}/${step.model_version}.`,
    );
  });
  const running: RunningStep[] = [];
  try {
    for (const { step, part } of planEnsemble(card, steps)) {
      running.push({ step, executor: await openModel(createRunner, part, args) });
    }
  } catch (error) {
    await Promise.all(running.map(({ executor }) => executor.close()));
    throw error;
  }
  return createEnsembleExecutor(card, running);
}

function whereIs(card: ModelCard, storeUrl: string): string {
  return `${card.name}/${card.version}/${modelFile(card)} in ${storeUrl}`;
}

/**
 * The packages of an ensemble's steps; none for a model.
 * @throws {ModelPackageError} or what the store throws, as for the ensemble itself; also for a step that is an ensemble.
 */
export async function readParts(
  store: ObjectStore,
  modelPackage: ModelPackage,
  publicKey: KeyObject | undefined,
): Promise<ModelPackage[]> {
  if (modelPackage.card.platform !== "ensemble") return [];
  const names = readEnsembleSteps(modelPackage).map((step) => [step.model_name, step.model_version] as const);
  const parts = await Promise.all(names.map(([name, version]) => readModelPackage(store, name, version, publicKey)));
  const nested = parts.find(({ card }) => card.platform === "ensemble");
  if (nested === undefined) return parts;
  throw new ModelPackageError(
    `${whereIs(modelPackage.card, store.url)} has the step ${nested.card.name}, an ensemble itself. Allowed: ONNX models.`,
  );
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
