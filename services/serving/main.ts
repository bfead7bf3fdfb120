import cluster from "node:cluster";
import { readEnvironment } from "../runtime/environment";
import { createLogger } from "../runtime/logging";
import { runService } from "../runtime/process";
import { servingService } from "./service";
import { startServing } from "./serving";
import { runWorkerGroup, workerCount } from "./workers/workerGroup";

const workers = cluster.isPrimary ? settings() : undefined;
if (workers === undefined) runService(servingService, startServing);
else runWorkerGroup(workers);

/** The worker processes that the settings ask for; undefined for one process, and for settings that it will refuse. */
function settings() {
  try {
    const { WORKERS, RATE_LIMIT_PER_SECOND, MODEL_CONTROL, LOG_LEVEL } = readEnvironment(servingService, process.env);
    const count = workerCount(WORKERS);
    if (count === 1 || MODEL_CONTROL === "explicit") return undefined;
    // Each process counts its own callers; together they let in what was asked for.
    const rate =
      RATE_LIMIT_PER_SECOND === undefined ? {} : { RATE_LIMIT_PER_SECOND: `${RATE_LIMIT_PER_SECOND / count}` };
    const log = createLogger(servingService.name, LOG_LEVEL);
    return { count, environment: rate, drainSeconds: servingService.drainSeconds, log };
  } catch {
    return undefined;
  }
}
