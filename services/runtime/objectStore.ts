import { fileURLToPath } from "node:url";
import { Operator } from "opendal";

/** The bytes half of an object store: keys are `/`-separated paths without a leading slash. */
export interface ObjectStore {
  /** The URL it was opened with, for messages. */
  readonly url: string;
  /** @throws {ObjectNotFoundError} when there is no such key. */
  read(key: string): Promise<Buffer>;
  /** Writes the whole object; readers see the old bytes or the new ones, never a part. */
  write(key: string, bytes: Uint8Array): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** Names directly below `prefix` (which ends in `/`), sorted; folders end in `/`. */
  list(prefix: string): Promise<string[]>;
  /** Deletes one object; deleting what is not there is no error. */
  delete(key: string): Promise<void>;
}

export class ObjectNotFoundError extends Error {
  override readonly name = "ObjectNotFoundError";
}

/**
 * Opens the store that a URL names: `file:///folder`, `s3://bucket/prefix?region=...`, `gs://bucket/prefix`,
 * `azblob://container/prefix?account=...`. Credentials come from the workload's identity, never from the URL.
 * @throws {Error} for a scheme it does not know.
 */
export function openObjectStore(url: string): ObjectStore {
  const operator = openOperator(url);
  return {
    url,
    async read(key) {
      try {
        return await operator.read(key);
      } catch (error) {
        if (isNotFound(error)) throw new ObjectNotFoundError(`There is no object ${key} in ${url}.`);
        throw error;
      }
    },
    async write(key, bytes) {
      await operator.write(key, Buffer.from(bytes));
    },
    exists: (key) => operator.isExist(key),
    async list(prefix) {
      try {
        const entries = await operator.list(prefix);
        const names = entries.map((entry) => entry.path()).filter((path) => path !== prefix && path !== "/");
        return names.map((path) => path.slice(prefix.length)).sort();
      } catch (error) {
        if (isNotFound(error)) return [];
        throw error;
      }
    },
    delete: (key) => operator.delete(key),
  };
}

function openOperator(url: string): Operator {
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  const parameters = Object.fromEntries(searchParams);
  switch (protocol) {
    case "file:": {
      const root = fileURLToPath(url);
      return new Operator("fs", { root, atomic_write_dir: `${root.replace(/\/$/, "")}/.partial` });
    }
    case "s3:":
      return new Operator("s3", { bucket: hostname, root: pathname || "/", ...parameters });
    case "gs:":
      return new Operator("gcs", { bucket: hostname, root: pathname || "/", ...parameters });
    case "azblob:":
      return new Operator("azblob", { container: hostname, root: pathname || "/", ...parameters });
    default:
      throw new Error(`The object store URL ${url} has the scheme ${protocol} Allowed: file:, s3:, gs:, azblob:.`);
  }
}

function isNotFound(error: unknown): boolean {
  return /NotFound/.test(String((error as Error).message ?? error));
}
