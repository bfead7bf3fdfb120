import { z } from "zod";
import { ModelPackageError } from "./modelPackage";
import { ObjectNotFoundError, type ObjectStore } from "./objectStore";

/** Names of an alias or stage; those of version policies are taken. */
const ALIAS = /^(?!latest|all$)[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** A model's aliases and stages, each the name of one version. */
const modelAliases = z.record(z.string().regex(ALIAS), z.string().regex(/^[1-9][0-9]*$/));
export type ModelAliases = z.output<typeof modelAliases>;

const keyOf = (name: string) => `${name}/aliases.json`;

/**
 * The aliases of a model, from `NAME/aliases.json` beside its versions; none when there is no such object.
 * @throws {ModelPackageError} when it is not JSON, or not a version for each alias.
 */
export async function readAliases(store: ObjectStore, name: string): Promise<ModelAliases> {
  let text: string;
  try {
    text = (await store.read(keyOf(name))).toString("utf8");
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return {};
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ModelPackageError(`${keyOf(name)} is not JSON: ${(error as Error).message}.`);
  }
  const result = modelAliases.safeParse(value);
  if (result.success) return result.data;
  throw new ModelPackageError(`${keyOf(name)} does not fit its schema:\n${z.prettifyError(result.error)}`);
}

/** Sets all aliases of a model at once: readers see the old ones or the new ones. */
export async function writeAliases(store: ObjectStore, name: string, aliases: ModelAliases): Promise<void> {
  await store.write(keyOf(name), Buffer.from(`${JSON.stringify(modelAliases.parse(aliases), null, 2)}\n`));
}
