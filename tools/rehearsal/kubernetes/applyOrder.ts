import { setTimeout as sleep } from "node:timers/promises";
import { type ApiClient, ApiError, type ApiObject } from "./apiClient";

/** Kinds that others stand in, or are made of, in the order in which they must exist. */
const FIRST = ["Namespace", "PriorityClass", "StorageClass", "ServiceAccount"];

/** Milliseconds that a new kind may take to be served; a server takes under a second. */
const SERVED_LIMIT_MS = 30_000;
const POLL_MS = 100;

/**
 * Applies definitions of kinds together, then other objects one after the other, those that others need first.
 * @throws {ApiError} with the refusal of the first object that the server does not take
 */
export async function applyInOrder(client: ApiClient, objects: readonly ApiObject[]): Promise<ApiObject[]> {
  const rank = ({ kind }: ApiObject) => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);
  const definitions = objects.filter(isDefinition);
  const others = objects.filter((object) => !isDefinition(object)).sort((a, b) => rank(a) - rank(b));
  // A server takes seconds for large definitions, most of them waiting for itself.
  const applied = await Promise.all(definitions.map((definition) => client.apply(definition)));
  await Promise.all(definitions.map((definition) => served(client, definition)));
  for (const object of others) applied.push(await client.apply(object));
  return applied;
}

const isDefinition = ({ kind }: ApiObject) => kind === "CustomResourceDefinition";

/** Waits until the kind that a definition defines can be used. */
async function served(client: ApiClient, definition: ApiObject): Promise<void> {
  const { group, names, versions } = definition.spec as {
    group: string;
    names: { kind: string };
    versions: readonly { name: string; served: boolean }[];
  };
  const deadline = Date.now() + SERVED_LIMIT_MS;
  for (const { name } of versions.filter((version) => version.served)) {
    for (;;) {
      try {
        await client.isNamespaced(`${group}/${name}`, names.kind);
        await client.list(`${group}/${name}`, names.kind);
        break;
      } catch (error) {
        // 429: the new kind's storage is still being set up.
        if (!(error instanceof ApiError && [404, 429].includes(error.code)) || Date.now() > deadline) throw error;
        await sleep(POLL_MS);
      }
    }
  }
}
