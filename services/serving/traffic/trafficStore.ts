import { ObjectNotFoundError, type ObjectStore } from "../../runtime/objectStore";
import { type TrafficRecord, trafficRecord } from "./trafficRecord";

/** Keeps the records of models' traffic beside their packages, as NAME/traffic.json. */
export interface TrafficStore {
  /** @throws {Error} when the record is damaged or the store does not answer; undefined when there is none. */
  read(name: string): Promise<TrafficRecord | undefined>;
  /** Undefined deletes the record. */
  write(name: string, record: TrafficRecord | undefined): Promise<void>;
}

export function createTrafficStore(store: ObjectStore): TrafficStore {
  const keyOf = (name: string) => `${name}/traffic.json`;
  return {
    async read(name) {
      const key = keyOf(name);
      let text: string;
      try {
        text = (await store.read(key)).toString("utf8");
      } catch (error) {
        if (error instanceof ObjectNotFoundError) return undefined;
        throw error;
      }
      try {
        return trafficRecord.parse(JSON.parse(text));
      } catch (error) {
        throw new Error(
          `${key} in ${store.url} is damaged: ${(error as Error).message} Delete it, or set the rule again.`,
        );
      }
    },
    async write(name, record) {
      if (record === undefined) return store.delete(keyOf(name));
      await store.write(keyOf(name), Buffer.from(`${JSON.stringify(record, null, 2)}\n`));
    },
  };
}
