import type { KeyObject } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ServiceError } from "../runtime/errors";
import type { Logger } from "../runtime/logging";
import { listVersions, type ModelPackage, readModelPackage } from "../runtime/modelPackage";
import type { ObjectStore } from "../runtime/objectStore";
import type { ExecutionProvider } from "./executionProviders";
import { type LoadedModel, loadPackage, type Placement, readParts, resolveVersions } from "./loadModel";
import { modelNotFound, type RoutingHeaders, type ServedModels, versionNotFound } from "./models";
import type { ServedVersion } from "./servedVersion";
import { LATEST, type ModelSelection, type VersionPolicy } from "./versionPolicy";

export interface ModelRepositoryArgs {
  readonly store: ObjectStore;
  /** The model that /predict is about. */
  readonly mainName: string;
  /** Greatest batch that will be run. */
  readonly warmUpRows: number;
  readonly placement: Placement;
  /** @default "cpu" */
  readonly provider?: ExecutionProvider;
  /** Whose signature a package must have; undefined asks for none. */
  readonly publicKey?: KeyObject | undefined;
  /** Puts a loaded version into service. */
  readonly serve: (loaded: LoadedModel) => ServedVersion;
  readonly log: Logger;
}

/** A model version as the index tells of it. */
export interface IndexEntry {
  readonly name: string;
  readonly version: string;
  readonly state: "READY" | "UNAVAILABLE" | "LOADING";
  /** Why it is not ready; empty when it is. */
  readonly reason: string;
}

interface Entry {
  policy: VersionPolicy;
  /** Oldest first; empty while it is not in service. */
  versions: readonly ServedVersion[];
  /** The end of the loads and unloads that were asked for, one after another. */
  turn: Promise<unknown>;
  loading: boolean;
  failure: string | undefined;
}

/**
 * The models of the store that are in service. A load first makes the new versions ready and then swaps them for the
 * old ones between two requests; the old ones answer what they have taken before they give their memory back. A load
 * that fails changes nothing.
 */
export class ModelRepository implements ServedModels {
  private readonly entries = new Map<string, Entry>();
  /** Versions that are out of service and still answer what they had taken. */
  private readonly retiring = new Set<Promise<void>>();

  constructor(private readonly args: ModelRepositoryArgs) {}

  main(): ServedVersion {
    return this.find(this.args.mainName);
  }

  route(_headers: RoutingHeaders, name: string = this.args.mainName): ServedVersion {
    return this.find(name);
  }

  find(name: string, version?: string): ServedVersion {
    const versions = this.entries.get(name)?.versions ?? [];
    const newest = versions.at(-1);
    if (newest === undefined) throw modelNotFound(name, this.names());
    if (version === undefined) return newest;
    const found = versions.find(({ card }) => card.version === version);
    if (found === undefined) throw versionNotFound(name, version, this.versions(name));
    return found;
  }

  versions(name: string): readonly string[] {
    return (this.entries.get(name)?.versions ?? []).map(({ card }) => card.version);
  }

  all(): readonly ServedVersion[] {
    return [...this.entries.values()].flatMap(({ versions }) => versions);
  }

  /**
   * Loads what the store now has of a model, by the policy given, else the one before, else the newest version.
   * Versions whose package has not changed stay as they are.
   * @throws {ModelPackageError} or what the store throws; what was in service still is.
   */
  async load(name: string, policy?: VersionPolicy): Promise<void> {
    const entry = this.entryOf(name);
    await this.inTurn(entry, async () => {
      entry.loading = true;
      try {
        const selection = { name, policy: policy ?? entry.policy };
        const versions = await this.makeReady(selection, entry.versions);
        const replaced = entry.versions.filter((old) => !versions.includes(old));
        Object.assign(entry, { ...selection, versions, failure: undefined });
        for (const old of replaced) void this.retire(old);
      } catch (error) {
        entry.failure = (error as Error).message;
        this.args.log.error({ err: error, model: name }, "model not loaded");
        throw error;
      } finally {
        entry.loading = false;
      }
    });
  }

  /**
   * Takes a model out of service; resolves when its last request is answered and its memory given back.
   * @throws {ServiceError} 404 when it is not in service.
   */
  async unload(name: string): Promise<void> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw modelNotFound(name, this.names());
    await this.inTurn(entry, async () => {
      const { versions } = entry;
      if (versions.length === 0) throw modelNotFound(name, this.names());
      Object.assign(entry, { versions: [], failure: undefined });
      await Promise.all(versions.map((old) => this.retire(old)));
    });
  }

  /** Every version in the store or in service, by name and then oldest first. */
  async index(): Promise<readonly IndexEntry[]> {
    const { store } = this.args;
    const folders = (await store.list("")).filter((name) => /^[a-z0-9][a-z0-9._-]*\/$/.test(name));
    const names = new Set([...folders.map((folder) => folder.slice(0, -1)), ...this.entries.keys()]);
    const lists = await Promise.all(
      [...names].sort().map(async (name) => {
        const versions = new Set([...(await listVersions(store, name)), ...this.versions(name)]);
        return [...versions].sort((a, b) => Number(a) - Number(b)).map((version) => this.describe(name, version));
      }),
    );
    return lists.flat();
  }

  /** From now on no batch waits for more; called when a drain begins. */
  hurry(): void {
    for (const { batcher } of this.all()) batcher.hurry();
  }

  /** Answers what was taken, then gives everything back. */
  async close(): Promise<void> {
    await Promise.all([...this.entries.values()].map(({ turn }) => turn));
    const served = this.all();
    this.entries.clear();
    await Promise.all([...served.map((version) => this.retire(version)), ...this.retiring]);
  }

  private names(): string[] {
    return [...this.entries].filter(([, { versions }]) => versions.length > 0).map(([name]) => name);
  }

  private entryOf(name: string): Entry {
    const found = this.entries.get(name);
    if (found !== undefined) return found;
    const entry: Entry = {
      policy: LATEST,
      versions: [],
      turn: Promise.resolve(),
      loading: false,
      failure: undefined,
    };
    this.entries.set(name, entry);
    return entry;
  }

  private inTurn(entry: Entry, work: () => Promise<void>): Promise<void> {
    const result = entry.turn.then(work);
    entry.turn = result.catch(() => undefined);
    return result;
  }

  /** All versions of the selection in service, or none: those that were made ready are given back when one fails. */
  private async makeReady(selection: ModelSelection, served: readonly ServedVersion[]): Promise<ServedVersion[]> {
    const { store, publicKey, serve, log } = this.args;
    const ready: ServedVersion[] = [];
    try {
      for (const version of await resolveVersions(store, selection)) {
        const modelPackage = await readModelPackage(store, selection.name, version, publicKey);
        const same = served.find(({ card }) => isSame(card, modelPackage));
        if (same === undefined) {
          ready.push(serve(await this.loadPackage(modelPackage)));
          log.info({ model: selection.name, version, checksum: modelPackage.card.checksum }, "model loaded");
        } else ready.push(same);
      }
      return ready;
    } catch (error) {
      await Promise.all(ready.filter((version) => !served.includes(version)).map((version) => version.close()));
      throw error;
    }
  }

  private async loadPackage(modelPackage: ModelPackage): Promise<LoadedModel> {
    const { store, publicKey, warmUpRows, placement, provider = "cpu", log } = this.args;
    const { name: model, version } = modelPackage.card;
    const onThreadEnded = (error: Error) =>
      log.error({ err: error, model, version }, "the model's thread ended; it is started again");
    const parts = await readParts(store, modelPackage, publicKey);
    return loadPackage(modelPackage, { storeUrl: store.url, warmUpRows, placement, provider, parts, onThreadEnded });
  }

  private retire(version: ServedVersion): Promise<void> {
    const { name: model, version: number } = version.card;
    const closing = version.close().then(
      () => this.args.log.info({ model, version: number }, "model unloaded"),
      (error) => this.args.log.error({ err: error, model, version: number }, "model not unloaded"),
    );
    this.retiring.add(closing);
    return closing.finally(() => this.retiring.delete(closing));
  }

  private describe(name: string, version: string): IndexEntry {
    const entry = this.entries.get(name);
    if (this.versions(name).includes(version)) return { name, version, state: "READY", reason: "" };
    if (entry?.loading) return { name, version, state: "LOADING", reason: "" };
    return { name, version, state: "UNAVAILABLE", reason: entry?.failure ?? "not loaded" };
  }
}

function isSame(card: ModelPackage["card"], other: ModelPackage): boolean {
  return isDeepStrictEqual(card, other.card);
}

/** A failed load as an answer: the caller's model, not the server, is at fault. */
export function toLoadError(name: string, error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError(400, "model_not_loaded", `The model ${name} was not loaded. ${(error as Error).message}`);
}
