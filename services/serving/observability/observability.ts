import type { Logger } from "../../runtime/logging";
import { parseTraceHeaders, startTracing, type Tracing } from "../../runtime/tracing";
import { SERVER_NAME, SERVER_VERSION } from "../identity";
import type { Settings } from "../servedVersion";
import { RequestObserver } from "./requestObserver";

/** What watches the requests; each part is undefined when it is off. */
export interface Observability {
  readonly observer: RequestObserver | undefined;
  readonly tracing: Tracing | undefined;
  close(): Promise<void>;
}

/** Starts what the settings ask for. */
export async function startObservability(settings: Settings, log: Logger): Promise<Observability> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = settings;
  const tracing =
    endpoint === undefined
      ? undefined
      : await startTracing({
          endpoint,
          headers: headers === undefined ? {} : (parseTraceHeaders(headers) ?? {}),
          ratio: settings.OTEL_TRACES_SAMPLER_ARG,
          serviceName: settings.OTEL_SERVICE_NAME ?? SERVER_NAME,
          serviceVersion: SERVER_VERSION,
          log,
        });
  // Whatever the least level of the service's log is.
  const audit = settings.AUDIT_LOG === "on" ? log.child({ log: "audit" }, { level: "info" }) : undefined;
  return {
    tracing,
    observer: audit === undefined && tracing === undefined ? undefined : new RequestObserver({ audit, tracing }),
    close: async () => tracing?.close(),
  };
}
