import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";

/** Paths of PEM files, by the variables that name them. */
export interface TlsFiles {
  /** The certificate and its chain. */
  readonly TLS_CERT_FILE?: string | undefined;
  readonly TLS_KEY_FILE?: string | undefined;
  /** Authorities whose certificates callers must show; without it callers need none. */
  readonly TLS_CLIENT_CA_FILE?: string | undefined;
}

/** What a server needs to speak TLS; with `ca`, callers must show a certificate of it (mTLS). */
export interface TlsMaterial {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca?: Buffer;
}

/**
 * Reads the files, and finds out that they fit together before a port is open.
 * @returns undefined when no file is named: no TLS.
 * @throws {Error} when one is missing or cannot be read, or key and certificate do not belong together.
 */
export function readTls(files: TlsFiles): TlsMaterial | undefined {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, TLS_CLIENT_CA_FILE: caFile } = files;
  if (certFile === undefined && keyFile === undefined && caFile === undefined) return undefined;
  const cert = read("TLS_CERT_FILE", certFile);
  const key = read("TLS_KEY_FILE", keyFile);
  const material = caFile === undefined ? { cert, key } : { cert, key, ca: read("TLS_CLIENT_CA_FILE", caFile) };
  try {
    createSecureContext(material);
  } catch (error) {
    const named = [certFile, keyFile, caFile].filter((file) => file !== undefined).join(", ");
    throw new Error(`The TLS files ${named} cannot be used together: ${(error as Error).message}.`);
  }
  return material;
}

function read(variable: string, file: string | undefined): Buffer {
  if (file === undefined) {
    throw new Error(`${variable} is not set. TLS needs TLS_CERT_FILE and TLS_KEY_FILE, both in PEM.`);
  }
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`${variable} names ${file}, which cannot be read: ${(error as Error).message}.`);
  }
}
