import { Registry } from "prom-client";
import { openDatabase, watchDatabase } from "../runtime/database";
import { createHttpServer } from "../runtime/http";
import type { RunningService, StartArgs } from "../runtime/process";
import { detectRoute, referenceRoutes } from "./api";
import { limitBodiesInFlight } from "./bodiesInFlight";
import { DetectorStore } from "./detectors/detectorStore";
import { detectorRoutes } from "./detectors/routes";
import { DriftMetrics } from "./driftMetrics";
import { driftMigrations } from "./migrations";
import { DriftMonitor } from "./monitor";
import { performanceRoute } from "./performance/route";
import { ReferenceCache } from "./referenceCache";
import { ReferenceStore } from "./referenceStore";
import { addRoutes } from "./routes";
import { driftService } from "./service";

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
  const closeDatabase = async () => {
    watch.stop();
    await pool.end();
  };
  try {
    const registry = new Registry();
    const store = new ReferenceStore(pool);
    const cache = new ReferenceCache(store, environment.REFERENCE_CACHE_BYTES);
    const metrics = new DriftMetrics(registry, () => cache.bytes);
    const server = await createHttpServer({
      title: "Tideline drift",
      description: driftService.summary,
      log,
      metrics: registry,
      notReady: () => watch.problem(),
      bodyLimitBytes: environment.BODY_LIMIT_BYTES,
    });
    limitBodiesInFlight(server, 2 * environment.BODY_LIMIT_BYTES);
    const monitor = new DriftMonitor(store, cache, metrics);
    addRoutes(server, [
      ...referenceRoutes(monitor),
      detectRoute(monitor),
      performanceRoute(),
      ...detectorRoutes(new DetectorStore(pool)),
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
