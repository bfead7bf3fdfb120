import type { FastifyInstance } from "fastify";
import { Registry } from "prom-client";
import { openDatabase, watchDatabase } from "../runtime/database";
import { createHttpServer } from "../runtime/http";
import { openObjectStore } from "../runtime/objectStore";
import type { RunningService, StartArgs } from "../runtime/process";
import { detectRoute, referenceRoutes } from "./api";
import { limitBodiesInFlight } from "./bodiesInFlight";
import { DetectorStore } from "./detectors/detectorStore";
import { detectorRoutes } from "./detectors/routes";
import { DriftMetrics } from "./driftMetrics";
import { acceptArrowBodies } from "./files/arrowBodies";
import { ReferenceFiles } from "./files/referenceFromFiles";
import { driftMigrations } from "./migrations";
import { DriftMonitor } from "./monitor";
import { collector } from "./monitors/collect";
import { MonitorStore } from "./monitors/monitorStore";
import { Outbox } from "./monitors/outbox";
import { monitorRoutes } from "./monitors/routes";
import { Scheduler } from "./monitors/scheduler";
import { performanceRoute } from "./performance/route";
import { ReferenceCache } from "./referenceCache";
import { ReferenceStore } from "./referenceStore";
import { ReportStore } from "./reports/reportStore";
import { reportRoutes } from "./reports/routes";
import { addRoutes } from "./routes";
import { driftService } from "./service";
import { watchStreams } from "./streams/watchStreams";

/** Starts the drift service on its database. Closing answers the requests in flight first. */
export async function startDrift({
  environment,
  log,
}: StartArgs<typeof driftService.environment>): Promise<RunningService> {
  const pool = await openDatabase({
    url: environment.DATABASE_URL,
    owner: driftService.name,
    migrations: driftMigrations,
    log,
    waitSeconds: environment.DATABASE_WAIT_SECONDS,
  });
  const watch = watchDatabase(pool, log);
  let stopWork = async () => {};
  const closeDatabase = async () => {
    await stopWork();
    watch.stop();
    await pool.end();
  };
  try {
    const registry = new Registry();
    const store = new ReferenceStore(pool);
    const cache = new ReferenceCache(store, environment.REFERENCE_CACHE_BYTES);
    const metrics = new DriftMetrics(registry, () => cache.bytes);
    const files = environment.FILES_URL === undefined ? undefined : openObjectStore(environment.FILES_URL);
    const server = await openServer({ environment, log }, registry, () => watch.problem());
    const drift = new DriftMonitor(store, cache, metrics, new ReferenceFiles(files));
    const monitors = new MonitorStore(pool);
    const reports = new ReportStore(pool);
    const outbox = new Outbox(pool, { alert: environment.ALERTMANAGER_URL, retrain: environment.RETRAIN_URL }, log);
    const settings = { pollSeconds: environment.MONITOR_POLL_SECONDS, retrainScore: environment.RETRAIN_SCORE };
    const scheduler = new Scheduler({ monitors, drift, reports, outbox, metrics, log, ...settings });
    const streams = watchStreams(environment, pool, cache, log);
    stopWork = () => Promise.all([scheduler.stop(), streams.stop()]).then(() => {});
    addRoutes(server, [
      ...referenceRoutes(drift),
      detectRoute(drift, reports, collector(monitors, log)),
      performanceRoute(metrics),
      ...detectorRoutes(new DetectorStore(pool)),
      ...monitorRoutes({ store: monitors, drift, scheduler, intervalSeconds: environment.MONITOR_INTERVAL_SECONDS }),
      ...reportRoutes(reports),
      ...streams.routes,
    ]);
    const url = await server.listen({ host: environment.HOST, port: environment.PORT });
    return {
      url,
      close: async () => {
        await server.close();
        await closeDatabase();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

async function openServer(
  { environment, log }: StartArgs<typeof driftService.environment>,
  metrics: Registry,
  notReady: () => string | undefined,
): Promise<FastifyInstance> {
  const server = await createHttpServer({
    title: "Tideline drift",
    description: driftService.summary,
    log,
    metrics,
    notReady,
    bodyLimitBytes: environment.BODY_LIMIT_BYTES,
  });
  limitBodiesInFlight(server, 2 * environment.BODY_LIMIT_BYTES);
  acceptArrowBodies(server);
  return server;
}
