import { open } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Operator } from "opendal";

/**
 * The bytes half of an object store: keys are `/`-separated paths without a leading slash.
 * Every operation throws {ObjectKeyError} for a key with an empty, `.` or `..` segment.
 */
export interface ObjectStore {
  /** The URL it was opened with, for messages. */
  readonly url: string;
  /** @throws {ObjectNotFoundError} when there is no such key. */
  read(key: string): Promise<Buffer>;
  /**
   * Copies an object of any size to a local file, in constant memory.
   * @throws {ObjectNotFoundError} when there is no such key.
   */
  download(key: string, path: string): Promise<void>;
  /** Writes the whole object; readers see the old bytes or the new ones, never a part. */
  write(key: string, bytes: Uint8Array): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** Names directly below `prefix` (empty, or ending in `/`), sorted; folders end in `/`. */
  list(prefix: string): Promise<string[]>;
  /** Deletes one object; deleting what is not there is no error. */
  delete(key: string): Promise<void>;
}

export class ObjectNotFoundError extends Error {
  override readonly name = "ObjectNotFoundError";
}

/** A key that no store may be asked for: it would mean another place than it says, or leave the store's folder. */
export class ObjectKeyError extends Error {
  override readonly name = "ObjectKeyError";
}

/** Folder of a file store in which objects are written before they take their name; never listed. */
const PARTIAL = ".partial";
/** Bytes of a download that are in memory at once. */
const DOWNLOAD_BYTES = 1 << 20;

/**
 * Opens the store that a URL names: `file:///folder`, `s3://bucket/prefix?region=...`, `gs://bucket/prefix`,
 * `azblob://container/prefix?account=...`. Credentials come from the workload's identity, never from the URL.
 * @throws {Error} for a scheme it does not know.
 */
export function openObjectStore(url: string): ObjectStore {
  const operator = openOperator(url);
  const exists = async (key: string) => {
    try {
      return (await operator.stat(checkKey(key))).isFile();
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  };
  return {
    url,
    exists,
    async read(key) {
      try {
        return await operator.read(checkKey(key));
      } catch (error) {
        // A folder is no object either; file systems say so in words of their own.
        if (isNotFound(error) || (!(error instanceof ObjectKeyError) && !(await exists(key)))) {
          throw new ObjectNotFoundError(`There is no object ${key} in ${url}.`);
        }
        throw error;
      }
    },
    async download(key, path) {
      if (!(await exists(key))) throw new ObjectNotFoundError(`There is no object ${key} in ${url}.`);
      const [reader, file] = [await operator.reader(key), await open(path, "w")];
      try {
        const part = Buffer.alloc(DOWNLOAD_BYTES);
        for (let read = await reader.read(part); read > 0n; read = await reader.read(part)) {
          await file.writeFile(part.subarray(0, Number(read)));
        }
      } finally {
        await file.close();
      }
    },
    async write(key, bytes) {
      await operator.write(checkKey(key), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
    async list(prefix) {
      if (prefix !== "") checkKey(prefix.replace(/\/$/, ""));
      try {
        const entries = await operator.list(prefix);
        const names = entries.map((entry) => entry.path()).filter((path) => path !== prefix && path !== "/");
        return names
          .map((path) => path.slice(prefix.length))
          .filter((name) => name !== `${PARTIAL}/`)
          .sort();
      } catch (error) {
        if (isNotFound(error)) return [];
        throw error;
      }
    },
    delete: async (key) => operator.delete(checkKey(key)),
  };
}

function openOperator(url: string): Operator {
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  const root = pathname || "/";
  const { account, ...parameters } = Object.fromEntries(searchParams);
  switch (protocol) {
    case "file:": {
      const folder = fileURLToPath(url).replace(/(?<=.)\/$/, "");
      return new Operator("fs", { root: folder, atomic_write_dir: `${folder}/${PARTIAL}` });
    }
    case "s3:":
      return new Operator("s3", { bucket: hostname, root, ...parameters });
    case "gs:":
      return new Operator("gcs", { bucket: hostname, root, ...parameters });
    case "azblob:":
      return new Operator("azblob", { container: hostname, root, ...azureAccount(account), ...parameters });
    default:
      throw new Error(`The object store URL ${url} has the scheme ${protocol} Allowed: file:, s3:, gs:, azblob:.`);
  }
}

function azureAccount(account: string | undefined): Record<string, string> {
  if (account === undefined) return {};
  return { account_name: account, endpoint: `https://${account}.blob.core.windows.net` };
}

function checkKey(key: string): string {
  const segments = key.split("/");
  if (!segments.some((segment) => segment === "" || segment === "." || segment === "..")) return key;
  throw new ObjectKeyError(
    `The object key ${JSON.stringify(key)} is not allowed. Allowed: names with a slash between, none of them empty, "." or "..".`,
  );
}

function isNotFound(error: unknown): boolean {
  return /^NotFound\b/.test(String((error as Error).message ?? error));
}
