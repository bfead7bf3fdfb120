import type { Registry } from "prom-client";
import type { Logger } from "../../runtime/logging";
import type { ObjectStore } from "../../runtime/objectStore";
import type { ModelRepository } from "../modelRepository";
import type { VersionPolicy } from "../versionPolicy";
import { TrafficControl } from "./trafficControl";
import { TrafficMetrics } from "./trafficMetrics";
import { TrafficRouter } from "./trafficRouter";
import { createTrafficStore } from "./trafficStore";

export interface TrafficArgs {
  readonly repository: ModelRepository;
  readonly store: ObjectStore;
  readonly mainName: string;
  /** The versions that the settings ask for, by model. */
  readonly configured: ReadonlyMap<string, VersionPolicy>;
  readonly registry: Registry;
  /** Time between two judgements of the rollouts; undefined leads none, so that each stays at its step. */
  readonly intervalSeconds: number | undefined;
  readonly log: Logger;
}

export interface Traffic {
  readonly router: TrafficRouter;
  readonly control: TrafficControl;
  /** Judges no more; resolves when a change under way is done. */
  close(): Promise<void>;
}

/**
 * Loads the configured models, each with the versions of its saved traffic rule where there is one, else with those
 * that the settings ask for, and leads the rollouts from then on.
 * @throws {ModelPackageError} when a model cannot be served.
 */
export async function startTraffic(args: TrafficArgs): Promise<Traffic> {
  const { repository, store, mainName, configured, registry, intervalSeconds, log } = args;
  const router = new TrafficRouter(repository, mainName);
  const weights = () => router.ruled().flatMap(([, traffic]) => traffic.weights());
  const metrics = new TrafficMetrics(registry, weights);
  const control = new TrafficControl({
    repository,
    router,
    store: createTrafficStore(store),
    configured,
    metrics,
    log,
  });
  // One after another: loading is bound by the processor.
  for (const [name, policy] of configured) {
    if (!(await control.restore(name))) await repository.load(name, policy);
  }
  const timer =
    intervalSeconds === undefined ? undefined : setInterval(() => void control.tick(), intervalSeconds * 1000);
  timer?.unref();
  return {
    router,
    control,
    async close() {
      clearInterval(timer);
      await control.idle();
    },
  };
}
