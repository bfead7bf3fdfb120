import type { Logger } from "../runtime/logging";
import type { ObjectStore } from "../runtime/objectStore";
import { resolveVersions } from "./loadModel";
import type { ModelRepository } from "./modelRepository";
import type { VersionPolicy } from "./versionPolicy";

export interface AliasWatchArgs {
  readonly store: ObjectStore;
  readonly repository: Pick<ModelRepository, "load" | "versions">;
  /** The models of the settings and their policies; those with an alias are watched. */
  readonly configured: ReadonlyMap<string, VersionPolicy>;
  /** Models whose versions someone else decides just now. */
  readonly isRuled: (name: string) => boolean;
  /** 0 never looks. */
  readonly intervalSeconds: number;
  readonly log: Logger;
}

/**
 * Looks at the aliases again and again, and loads the version that one has come to name; the one before serves until
 * then, and goes on when the new one cannot be loaded. A version that failed is tried again once the alias has changed.
 */
export class AliasWatch {
  private readonly failed = new Map<string, string>();
  private readonly timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(private readonly args: AliasWatchArgs) {
    const { intervalSeconds, configured } = args;
    if (intervalSeconds === 0 || ![...configured.values()].some(({ kind }) => kind === "alias")) return;
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => {
        this.looking = undefined;
      });
    }, intervalSeconds * 1000);
    this.timer.unref();
  }

  /** Looks no more; resolves when a load under way is done. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private async look(): Promise<void> {
    for (const [name, policy] of this.args.configured) {
      // A model that was unloaded stays so.
      const served = this.args.repository.versions(name);
      if (policy.kind === "alias" && served.length > 0 && !this.args.isRuled(name)) {
        await this.follow(name, policy, served.join());
      }
    }
  }

  private async follow(name: string, policy: VersionPolicy, served: string): Promise<void> {
    const { store, repository, log } = this.args;
    let wanted = "unknown";
    try {
      wanted = (await resolveVersions(store, { name, policy })).join();
      if (wanted === served) this.failed.delete(name);
      if (wanted === served || wanted === this.failed.get(name)) return;
      await repository.load(name, policy);
      log.info({ model: name, version: wanted, before: served }, "an alias names another version; it is served now");
    } catch (error) {
      if (this.failed.get(name) === wanted) return;
      this.failed.set(name, wanted);
      log.error(
        { err: error, model: name, version: wanted },
        "an alias was not followed; the version before is served",
      );
    }
  }
}
