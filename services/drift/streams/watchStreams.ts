import type { Pool } from "pg";
import type { Logger } from "../../runtime/logging";
import type { ReferenceCache } from "../referenceCache";
import type { Route } from "../routes";
import { streamRoutes } from "./routes";
import { StreamRunner } from "./streamRunner";
import type { StreamSettings } from "./streamSettings";
import { WindowStore } from "./windowStore";

/** The variables that name streams. */
export interface StreamEnvironment {
  readonly STREAMS?: readonly StreamSettings[] | undefined;
  readonly KAFKA_BROKERS?: readonly string[] | undefined;
}

/** The routes of a service's streams, which are read until `stop`. */
export interface WatchedStreams {
  readonly routes: readonly Route[];
  stop(): Promise<void>;
}

/** Starts reading the streams that the environment names. @throws {Error} when it names no broker to read them from. */
export function watchStreams(
  { STREAMS: streams = [], KAFKA_BROKERS: brokers = [] }: StreamEnvironment,
  pool: Pool,
  references: ReferenceCache,
  log: Logger,
): WatchedStreams {
  const store = new WindowStore(pool);
  const reference = async (id: string) => (await references.get(id))?.columns;
  const runner = new StreamRunner({ streams, brokers, store, reference, log });
  return { routes: streamRoutes({ streams, store, reference }), stop: () => runner.stop() };
}
