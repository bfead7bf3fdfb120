import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Span } from "@opentelemetry/api";
import type { Logger } from "../../runtime/logging";
import type { Tracing } from "../../runtime/tracing";
import type { ServedModel } from "../servedModel";

/** What is told of one request, as it becomes known on its way. Nothing of its payload. */
export interface RequestRecord {
  readonly route: string;
  /** Who was let in; undefined until somebody was. */
  caller?: string | undefined;
  model?: string;
  version?: string;
  rows?: number;
  readonly startedAt: number;
  readonly span: Span | undefined;
  /** Trace that a metric may point to; undefined when this request is not traced. */
  readonly traceId: string | undefined;
}

export interface RequestObserverArgs {
  /** Gets one line a request; undefined: there is no audit log. */
  readonly audit: Logger | undefined;
  readonly tracing: Tracing | undefined;
}

/** A caller that hung up, as servers in front of others call it. */
const CLIENT_CLOSED_REQUEST = 499;
const SAMPLED = 1;

/**
 * Follows requests from their arrival to their end, for the audit log and for traces. It exists only when one of both
 * is on, so that requests do not pay for what is off.
 */
export class RequestObserver {
  private readonly records = new WeakMap<IncomingMessage, RequestRecord>();

  constructor(private readonly args: RequestObserverArgs) {}

  /** Follows a request over HTTP until its connection is done with it. */
  watch(route: string, request: IncomingMessage, response: ServerResponse): RequestRecord {
    const record = this.begin(`${request.method} ${route}`, request.headers);
    this.records.set(request, record);
    const { tracing } = this.args;
    if (record.span !== undefined && tracing !== undefined) {
      for (const [name, value] of Object.entries(tracing.headersOf(record.span))) response.setHeader(name, value);
    }
    response.once("close", () => {
      record.caller = certificateOf(request, record.caller);
      this.end(record, response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST);
    });
    return record;
  }

  /** The record of a request that is followed. */
  find(request: IncomingMessage): RequestRecord | undefined {
    return this.records.get(request);
  }

  /** Begins the record of a request, whichever way it came; whoever begins it ends it. */
  begin(route: string, headers: Readonly<Record<string, unknown>>): RequestRecord {
    const span = this.args.tracing?.serverSpan(route, headers, { "http.route": route });
    const context = span?.spanContext();
    const traced = context !== undefined && (context.traceFlags & SAMPLED) !== 0;
    return { route, startedAt: performance.now(), span, traceId: traced ? context.traceId : undefined };
  }

  /** `status` is of HTTP, or the name of one of gRPC. */
  end(record: RequestRecord, status: number | string): void {
    const { route, caller, model, version, rows, startedAt, span, traceId } = record;
    const of = { caller: caller ?? "refused", model, version, rows, status };
    const ms = Number((performance.now() - startedAt).toFixed(3));
    this.args.audit?.info({ ...of, route, ms, trace_id: traceId }, "audit");
    if (span === undefined) return;
    for (const [name, value] of Object.entries(of))
      if (value !== undefined) span.setAttribute(`tideline.${name}`, value);
    if (typeof status === "number") span.setAttribute("http.response.status_code", status);
    // 2: ERROR. Only the server's own failures are, by the semantic conventions of servers' spans.
    if (typeof status === "number" ? status >= 500 : status === "INTERNAL") span.setStatus({ code: 2 });
    span.end();
  }
}

/** Notes which model a request is for, and how much of it; `record` is undefined when nobody follows requests. */
export function noteModel(record: RequestRecord | undefined, { card }: Pick<ServedModel, "card">, rows?: number): void {
  if (record === undefined) return;
  record.model = card.name;
  record.version = card.version;
  if (rows !== undefined) record.rows = rows;
}

/** Who shows a certificate has a name even where no key is asked for. */
function certificateOf({ socket }: IncomingMessage, caller: string | undefined): string | undefined {
  if (caller !== "anonymous" || !(socket instanceof TLSSocket)) return caller;
  const name = socket.getPeerCertificate().subject?.CN;
  return name === undefined ? caller : `certificate:${name}`;
}
