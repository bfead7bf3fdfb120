import { ToolchainError } from "./errors";

export interface FetchTimeouts {
  /** Milliseconds until the server's answer must have begun: name look-up, connection and headers. */
  readonly connectMs: number;
  /** Milliseconds that the server may fall silent inside its answer. */
  readonly silenceMs: number;
}

export interface Body {
  /** Bytes announced by the server, if it did. */
  readonly length: number | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * Opens the body of a URL, following redirects.
 * @throws {ToolchainError} when there is no answer in time, or it is no success.
 */
export async function fetchBody(url: string, { connectMs, silenceMs }: FetchTimeouts): Promise<Body> {
  const abort = new AbortController();
  const connectTimer = setTimeout(() => abort.abort(new Error(`no answer within ${connectMs / 1000} s`)), connectMs);
  let response: Response;
  try {
    response = await fetch(url, { signal: abort.signal, redirect: "follow" });
  } catch (error) {
    throw new ToolchainError(`${url} cannot be reached: ${reason(error)}.`);
  } finally {
    clearTimeout(connectTimer);
  }
  if (!response.ok || !response.body) {
    abort.abort();
    throw new ToolchainError(`${url} answered ${response.status} ${response.statusText}.`);
  }
  const length = Number(response.headers.get("content-length")) || undefined;
  return { length, chunks: watch(response.body, abort, silenceMs) };
}

/** The body as text. */
export async function fetchText(url: string, timeouts: FetchTimeouts): Promise<string> {
  const { chunks } = await fetchBody(url, timeouts);
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString("utf8");
}

async function* watch(body: AsyncIterable<Uint8Array>, abort: AbortController, silenceMs: number) {
  const timer = setTimeout(() => abort.abort(new Error(`the server fell silent for ${silenceMs / 1000} s`)), silenceMs);
  try {
    for await (const chunk of body) {
      timer.refresh();
      yield chunk;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** fetch wraps the interesting error, such as a failed name look-up, in a cause. */
function reason(error: unknown): string {
  const { message, cause } = error as { message: string; cause?: { message?: string } };
  return cause?.message || message;
}
