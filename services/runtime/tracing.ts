import type { Attributes, Span } from "@opentelemetry/api";
import type { Logger } from "./logging";

export interface TracingArgs {
  /** Base URL of an OpenTelemetry collector that takes OTLP over HTTP; traces go to its /v1/traces. */
  readonly endpoint: string;
  /** Headers of what is sent there, such as a key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Share of the requests that are traced, 0 to 1, where the caller does not say. */
  readonly ratio: number;
  readonly serviceName: string;
  readonly serviceVersion: string;
  readonly log: Logger;
}

/** Traces of a service's requests, sent in the background. */
export interface Tracing {
  /** Begins the span of a request that came in, below the caller's when its headers name one (W3C traceparent). */
  serverSpan(name: string, headers: Readonly<Record<string, unknown>>, attributes: Attributes): Span;
  /** Runs a request to another service in a span of its own and tells that service of it; rejects as `send` does. */
  clientSpan<T>(name: string, send: (headers: Readonly<Record<string, string>>) => Promise<T>): Promise<T>;
  /** The headers that name a span. */
  headersOf(span: Span): Readonly<Record<string, string>>;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Spans that wait to be sent; beyond it they are dropped, since a collector that is away must not fill the memory. */
const MOST_WAITING = 2048;
const SEND_TIMEOUT_MS = 5_000;
/** A collector that is away is logged so often at most. */
const WARN_INTERVAL_MS = 60_000;

/** Starts tracing. The packages for it are loaded here, so that a service without traces does not pay for them. */
export async function startTracing(args: TracingArgs): Promise<Tracing> {
  const { endpoint, headers, ratio, serviceName, serviceVersion, log } = args;
  const api = await import("@opentelemetry/api");
  const core = await import("@opentelemetry/core");
  const sdk = await import("@opentelemetry/sdk-trace-base");
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-http");
  const { resourceFromAttributes } = await import("@opentelemetry/resources");
  core.setGlobalErrorHandler(warnSometimes(log));
  const url = `${endpoint.replace(/\/+$/, "")}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: SEND_TIMEOUT_MS });
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName, "service.version": serviceVersion }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter, { maxQueueSize: MOST_WAITING })],
  });
  const tracer = provider.getTracer(serviceName, serviceVersion);
  const propagator = new core.W3CTraceContextPropagator();
  const headersOf = (span: Span) => {
    const carrier: Record<string, string> = {};
    propagator.inject(api.trace.setSpan(api.ROOT_CONTEXT, span), carrier, api.defaultTextMapSetter);
    return carrier;
  };
  return {
    headersOf,
    serverSpan(name, given, attributes) {
      const parent = propagator.extract(api.ROOT_CONTEXT, given, api.defaultTextMapGetter);
      return tracer.startSpan(name, { kind: api.SpanKind.SERVER, attributes }, parent);
    },
    async clientSpan(name, send) {
      const span = tracer.startSpan(name, { kind: api.SpanKind.CLIENT }, api.ROOT_CONTEXT);
      try {
        return await send(headersOf(span));
      } catch (error) {
        span.setStatus({ code: api.SpanStatusCode.ERROR, message: (error as Error).message });
        throw error;
      } finally {
        span.end();
      }
    },
    async close() {
      await provider.shutdown().catch((error: unknown) => log.warn({ err: error }, "the last traces were not sent"));
    },
  };
}

function warnSometimes(log: Logger): (error: unknown) => void {
  let quietUntil = 0;
  return (error) => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + WARN_INTERVAL_MS;
    log.warn({ err: error }, "traces were not sent; requests go on");
  };
}

/**
 * Headers as OTEL_EXPORTER_OTLP_HEADERS lists them: `name=value` with a comma between, values percent-encoded.
 * @returns undefined when the text is no such list.
 */
export function parseTraceHeaders(text: string): Readonly<Record<string, string>> | undefined {
  const pairs = text.split(",").map((item) => /^([\w-]+)=(.*)$/.exec(item.trim()));
  try {
    const entries = pairs.map((pair) => [pair?.[1]?.toLowerCase(), decodeURIComponent(pair?.[2] ?? "")]);
    return entries.some(([name]) => name === undefined) ? undefined : Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}
