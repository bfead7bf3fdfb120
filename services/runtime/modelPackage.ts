import { createHash, type KeyObject } from "node:crypto";
import { z } from "zod";
import { isSignedBy, SIGNATURE, signedText } from "./modelSignature";
import type { ObjectStore } from "./objectStore";

/** Open Inference Protocol datatypes. */
export const DATATYPES = [
  "BOOL",
  "UINT8",
  "UINT16",
  "UINT32",
  "UINT64",
  "INT8",
  "INT16",
  "INT32",
  "INT64",
  "FP16",
  "FP32",
  "FP64",
  "BYTES",
] as const;

const tensor = z.object({ name: z.string(), datatype: z.enum(DATATYPES), shape: z.array(z.number().int()) });

/** What a model version says of itself; stored beside its bytes as `card.json`. */
export const modelCard = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  /** Positive whole number as text; greater is newer. */
  version: z.string().regex(/^[1-9][0-9]*$/),
  /** An ONNX model, or an ensemble of other packages' models. */
  platform: z.enum(["onnx_onnxv1", "ensemble"]),
  /** SHA-256 of model.onnx, or of an ensemble's ensemble.json, hexadecimal; checked before the model is loaded. */
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  task: z.enum(["classification", "regression"]),
  /** Column names in input order. */
  features: z.array(z.string()).min(1),
  /** Of the features, those that are personal data: their values are in no log. */
  pii: z.array(z.string()).optional(),
  /** Class names by index; empty for regression. */
  classes: z.array(z.string()),
  inputs: z.array(tensor).min(1),
  outputs: z.array(tensor).min(1),
  /** Hold-out metrics, each in [0, 1] for classification. */
  metrics: z.record(z.string(), z.number()),
  training: z.object({
    algorithm: z.string(),
    seed: z.number().int(),
    rows: z.number().int(),
    holdOutRows: z.number().int(),
    dataset: z.string(),
  }),
});
export type ModelCard = z.infer<typeof modelCard>;

/** Training rows by feature name, against which drift is measured. All columns have the same length. */
export const modelReference = z.object({ columns: z.record(z.string(), z.array(z.number())) });
export type ModelReference = z.infer<typeof modelReference>;

export interface ModelPackage {
  readonly card: ModelCard;
  /** The bytes of model.onnx or ensemble.json. */
  readonly model: Uint8Array;
  readonly reference: ModelReference;
}

/** A model package that is absent, damaged or does not fit its card. The message says which and where. */
export class ModelPackageError extends Error {
  override readonly name = "ModelPackageError";
}

/** Name of the object that is the model itself. */
export function modelFile({ platform }: Pick<ModelCard, "platform">): string {
  return platform === "ensemble" ? "ensemble.json" : "model.onnx";
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Versions of a model in the store, oldest first. A version counts once its card, which is written last, is there. */
export async function listVersions(store: ObjectStore, name: string): Promise<string[]> {
  const folders = (await store.list(`${name}/`)).filter((entry) => /^[1-9][0-9]*\/$/.test(entry));
  const versions = folders.map((entry) => entry.slice(0, -1));
  const complete = await Promise.all(versions.map((version) => store.exists(`${name}/${version}/card.json`)));
  return versions.filter((_, index) => complete[index]).sort((a, b) => Number(a) - Number(b));
}

/** Writes a version: the model and its reference first, the card last, so that a half-written version is never listed. */
export async function writeModelPackage(store: ObjectStore, { card, model, reference }: ModelPackage): Promise<void> {
  const folder = `${card.name}/${card.version}`;
  await store.write(`${folder}/${modelFile(card)}`, model);
  await store.write(`${folder}/reference.json`, Buffer.from(JSON.stringify(reference)));
  await store.write(`${folder}/card.json`, Buffer.from(`${JSON.stringify(card, null, 2)}\n`));
}

/**
 * Reads a version whole and checks it; with a public key, also that its owner signed it.
 * @throws {ModelPackageError} when the card does not fit its schema, the bytes do not match the card's checksum, or the
 * signature is missing or not the key's.
 * @throws {ObjectNotFoundError} when a part is missing.
 */
export async function readModelPackage(
  store: ObjectStore,
  name: string,
  version: string,
  publicKey?: KeyObject,
): Promise<ModelPackage> {
  const folder = `${name}/${version}`;
  const cardBytes = await store.read(`${folder}/card.json`);
  const card = parse(modelCard, cardBytes, `${folder}/card.json`);
  if (card.name !== name || card.version !== version) {
    throw new ModelPackageError(
      `${folder}/card.json in ${store.url} describes ${card.name} version ${card.version}. Publish the version again.`,
    );
  }
  checkPii(card, `${folder}/card.json in ${store.url}`);
  const file = modelFile(card);
  const model = await store.read(`${folder}/${file}`);
  const checksum = sha256(model);
  if (checksum !== card.checksum) {
    throw new ModelPackageError(
      `${folder}/${file} in ${store.url} is damaged: its SHA-256 is ${checksum}, the card says ${card.checksum}. Publish the version again.`,
    );
  }
  const referenceBytes = await store.read(`${folder}/reference.json`);
  if (publicKey !== undefined) {
    const hashes = { "card.json": sha256(cardBytes), [file]: checksum, "reference.json": sha256(referenceBytes) };
    await checkSignature(store, folder, publicKey, signedText(hashes));
  }
  const reference = parse(modelReference, referenceBytes, `${folder}/reference.json`);
  checkReference(card, reference, `${folder}/reference.json`);
  return { card, model, reference };
}

async function checkSignature(store: ObjectStore, folder: string, key: KeyObject, text: string): Promise<void> {
  const where = `${folder}/${SIGNATURE} in ${store.url}`;
  if (!(await store.exists(`${folder}/${SIGNATURE}`))) {
    throw new ModelPackageError(`There is no ${where}, and only signed models are served here. Sign the version.`);
  }
  if (isSignedBy(key, text, await store.read(`${folder}/${SIGNATURE}`))) return;
  throw new ModelPackageError(
    `${where} is not the signature of this version by the key that is trusted here. Sign the version again, or do not serve it.`,
  );
}

function checkPii({ features, pii = [] }: ModelCard, key: string): void {
  const unknown = pii.filter((name) => !features.includes(name));
  if (unknown.length === 0) return;
  throw new ModelPackageError(
    `${key} marks ${unknown.join(", ")} as pii, which is no feature of the model. Features: ${features.join(", ")}.`,
  );
}

function checkReference(card: ModelCard, { columns }: ModelReference, key: string): void {
  const names = Object.keys(columns).sort().join(", ");
  const expected = [...card.features].sort().join(", ");
  if (names !== expected) {
    throw new ModelPackageError(`${key} has the columns ${names}; the card's features are ${expected}.`);
  }
  const lengths = [...new Set(Object.values(columns).map((values) => values.length))];
  if (lengths.length > 1) {
    throw new ModelPackageError(`${key} has columns of different lengths: ${lengths.join(", ")}.`);
  }
}

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array, key: string): T {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (error) {
    throw new ModelPackageError(`${key} is not JSON: ${(error as Error).message}.`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ModelPackageError(`${key} does not fit its schema:\n${z.prettifyError(result.error)}`);
}
