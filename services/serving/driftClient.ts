import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { Tracing } from "../runtime/tracing";
import type { Downstream } from "./downstream";

const TIMEOUT_MS = 5000;

/** The parts of the drift service's verdict that serving passes on. */
const report = z.object({
  drift_detected: z.boolean(),
  drift_score: z.number(),
  features_affected: z.array(z.string()),
  columns: z.record(z.string(), z.object({ statistic: z.number() })).default({}),
});
export type DriftReport = z.output<typeof report>;

/** Numbers by column name, all of one length. */
export type Columns = Readonly<Record<string, readonly number[]>>;

/** The drift service does not know the reference (any more); register it. */
export class UnknownReferenceError extends Error {
  override readonly name = "UnknownReferenceError";
}

export interface DriftClient {
  /** Stores the reference; one that is there with other content is replaced, and `replaced` says so. */
  register(reference: Columns, signal: AbortSignal): Promise<{ replaced: boolean }>;
  /** @throws {UnknownReferenceError} */
  detect(window: Columns, signal: AbortSignal): Promise<DriftReport>;
}

/**
 * Talks to the drift service at `url` about one reference. Every request ends within five seconds, and is a span of its
 * own when there is tracing. A downstream leaves a service that fails alone for a while.
 */
export function createDriftClient(
  url: string,
  referenceId: string,
  tracing?: Tracing,
  downstream?: Pick<Downstream, "ask">,
): DriftClient {
  const base = url.replace(/\/+$/, "");
  const send: Send = (...request) =>
    downstream === undefined ? sendTraced(...request) : downstream.ask(() => sendTraced(...request));
  const sendTraced: Send = (method, target, body, signal) => {
    if (tracing === undefined) return sendPlainly(method, target, body, signal);
    const { pathname } = new URL(target);
    return tracing.clientSpan(`${method} ${pathname}`, (headers) => sendPlainly(method, target, body, signal, headers));
  };
  const reference = `${base}/references/${encodeURIComponent(referenceId)}`;
  return {
    async register(columns, signal) {
      const body = `{"columns":${await columnsText(columns)}}`;
      const first = await send("PUT", reference, body, signal);
      const replaced = first.status === 409;
      await expectOk(replaced ? await send("PUT", `${reference}?replace=true`, body, signal) : first);
      return { replaced };
    },
    async detect(columns, signal) {
      const body = `{"reference_id":${JSON.stringify(referenceId)},"columns":${await columnsText(columns)}}`;
      const response = await send("POST", `${base}/detect-drift`, body, signal);
      if (response.status === 404) throw new UnknownReferenceError(await response.text());
      return report.parse(await (await expectOk(response)).json());
    },
  };
}

type Send = (method: string, url: string, body: string, signal: AbortSignal) => Promise<Response>;

async function sendPlainly(
  method: string,
  url: string,
  body: string,
  signal: AbortSignal,
  trace: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const headers = { "content-type": "application/json", ...trace };
  return fetch(url, { method, body, headers, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
}

async function expectOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  const text = (await response.text()).slice(0, 500);
  throw new Error(`The drift service answered ${response.status} to ${response.url}: ${text}`);
}

/** As JSON, one column in each turn of the event loop, so that predictions go on in between. */
async function columnsText(columns: Columns): Promise<string> {
  const parts: string[] = [];
  for (const [name, values] of Object.entries(columns)) {
    parts.push(`${JSON.stringify(name)}:${JSON.stringify(values)}`);
    await nextTurn();
  }
  return `{${parts.join(",")}}`;
}
