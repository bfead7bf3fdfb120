import { z } from "zod";
import { ServiceError } from "../../runtime/errors";
import type { Logger } from "../../runtime/logging";
import { type ModelRepository, toLoadError } from "../modelRepository";
import type { ServedModel } from "../servedModel";
import type { VersionPolicy } from "../versionPolicy";
import { ModelTraffic } from "./modelTraffic";
import type { TrafficResults } from "./results";
import { type Decision, judge } from "./rollout";
import type { TrafficMetrics } from "./trafficMetrics";
import { advanced, promoted, rolledBack, startRecord, type TrafficRecord } from "./trafficRecord";
import type { TrafficRouter } from "./trafficRouter";
import { trafficRule, versionsOf } from "./trafficRule";
import type { TrafficStore } from "./trafficStore";
import { checkVersionsAlike } from "./versionsAlike";

export interface TrafficControlArgs {
  readonly repository: Pick<ModelRepository, "load" | "find" | "versions">;
  readonly router: TrafficRouter;
  readonly store: TrafficStore;
  /** The versions that the service's settings ask for, by model; a record made under others is stale. */
  readonly configured: ReadonlyMap<string, VersionPolicy>;
  readonly metrics: TrafficMetrics;
  readonly log: Logger;
  /** Unix time in milliseconds. @default Date.now */
  readonly now?: () => number;
  /** @default Math.random */
  readonly random?: () => number;
}

/**
 * Sets, judges and ends the traffic rules of models. What a rule needs is in service before it holds, and what it
 * leaves goes out of service after it, so that no request is lost. One change at a time.
 */
export class TrafficControl {
  private turn: Promise<unknown> = Promise.resolve();
  /** Records that the store did not take. */
  private readonly unsaved = new Set<string>();

  constructor(private readonly args: TrafficControlArgs) {}

  /**
   * Goes on with the rule that was saved before a restart, its versions loaded. False when there is none, one of other
   * settings than today's, which is dropped, or one that cannot be read or served, which is logged.
   */
  async restore(name: string): Promise<boolean> {
    const { store, log } = this.args;
    try {
      const record = await store.read(name);
      if (record === undefined) return false;
      if (record.configured === this.configuredOf(name)) {
        await this.load(name, versionsOf(record.rule));
        this.adopt(name, record);
        return true;
      }
      log.warn({ model: name, configured: record.configured }, "the traffic rule was made for other settings; dropped");
      await store.write(name, undefined);
    } catch (error) {
      log.error({ err: error, model: name }, "the saved traffic rule cannot be followed; the model is served without");
    }
    return false;
  }

  /** Resolves when no change is under way. */
  async idle(): Promise<void> {
    await this.turn;
  }

  /** Puts a record into force whose versions are in service. */
  private adopt(name: string, record: TrafficRecord): void {
    const { router, repository, metrics, random = Math.random } = this.args;
    const find = (version: string): ServedModel | undefined =>
      repository.versions(name).includes(version) ? repository.find(name, version) : undefined;
    router.set(name, new ModelTraffic({ name, record, find, metrics, random }));
  }

  /** @throws {ServiceError} 404 traffic_not_set. */
  record(name: string): TrafficRecord {
    return this.trafficOf(name).record;
  }

  /** @throws {ServiceError} 404 traffic_not_set. */
  results(name: string): TrafficResults {
    return this.trafficOf(name).results();
  }

  /**
   * Sets a model's rule: loads the versions that it needs, then lets it hold.
   * @throws {ServiceError} 400 for a rule that is not sound or whose versions cannot be served together, 404 for a
   * model that is not served.
   */
  set(name: string, body: unknown): Promise<TrafficRecord> {
    const result = trafficRule.safeParse(body);
    if (!result.success) {
      throw new ServiceError(
        400,
        "invalid_traffic_rule",
        `The traffic rule is wrong.\n${z.prettifyError(result.error)}`,
      );
    }
    const rule = result.data;
    return this.inTurn(async () => {
      const { repository } = this.args;
      repository.find(name);
      const before = repository.versions(name);
      const needed = versionsOf(rule);
      await this.load(name, [...new Set([...before, ...needed])]);
      try {
        checkVersionsAlike(needed.map((version) => repository.find(name, version).card));
      } catch (error) {
        await this.load(name, before);
        throw error;
      }
      const record = startRecord(rule, this.configuredOf(name), this.now(), this.args.router.get(name)?.record);
      await this.enter(name, record);
      return record;
    });
  }

  /** Takes the rule away: the versions of the settings are served again. */
  remove(name: string): Promise<void> {
    return this.inTurn(async () => {
      const { record } = this.trafficOf(name);
      const { configured, repository, router } = this.args;
      const policy = configured.get(name) ?? { kind: "specific", versions: [record.rule.stable] };
      await repository.load(name, policy).catch((error) => {
        throw toLoadError(name, error);
      });
      router.set(name, undefined);
      await this.save(name, undefined);
    });
  }

  /** To the next step; `promote` makes the canary the stable version at once, `rollback` gives it up. */
  change(name: string, kind: Exclude<Decision["kind"], "hold">, reason: string): Promise<TrafficRecord> {
    return this.inTurn(() => this.apply(name, { kind, reason }));
  }

  /** Judges every rollout; called again and again. */
  tick(): Promise<void> {
    return this.inTurn(async () => {
      for (const [name, traffic] of this.args.router.ruled()) {
        const decision = judge(traffic.record, traffic.observation(), this.now());
        if (decision.kind !== "hold") await this.apply(name, decision);
        else if (this.unsaved.has(name)) await this.save(name, traffic.record);
      }
    });
  }

  private async apply(name: string, { kind, reason }: Decision): Promise<TrafficRecord> {
    const traffic = this.trafficOf(name);
    const { record } = traffic;
    const { rule } = record;
    if (rule.canary === undefined) {
      throw new ServiceError(409, "no_canary", `The model ${name} has no canary. PUT /traffic/${name} with one first.`);
    }
    if (kind === "promote") return this.enter(name, promoted(record, reason, this.now()));
    if (kind === "rollback") return this.enter(name, rolledBack(record, reason, this.now()));
    const { rollout } = rule;
    if (rollout === undefined || record.step >= rollout.steps.length - 1) {
      const what = rollout === undefined ? "has no rollout" : "is at the last step of its rollout";
      throw new ServiceError(409, "no_next_step", `The model ${name} ${what}. Promote the canary, or roll it back.`);
    }
    const next = advanced(record, reason, this.now());
    traffic.enterStep(next);
    await this.settle(name, next);
    return next;
  }

  private async enter(name: string, record: TrafficRecord): Promise<TrafficRecord> {
    this.adopt(name, record);
    await this.settle(name, record);
    // What still answers is no one's any more; it goes once it has answered.
    await this.load(name, versionsOf(record.rule)).catch((error) =>
      this.args.log.error({ err: error, model: name }, "versions that no traffic goes to are still in service"),
    );
    return record;
  }

  private async settle(name: string, record: TrafficRecord): Promise<void> {
    const { metrics, log } = this.args;
    const last = record.history.at(-1);
    if (last !== undefined) {
      metrics.changed(name, last.event);
      log[last.event === "rolled_back" ? "warn" : "info"]({ model: name, ...last }, "traffic changed");
    }
    await this.save(name, record);
  }

  private async save(name: string, record: TrafficRecord | undefined): Promise<void> {
    try {
      await this.args.store.write(name, record);
      this.unsaved.delete(name);
    } catch (error) {
      if (!this.unsaved.has(name)) {
        this.args.log.error({ err: error, model: name }, "the traffic rule holds but was not saved; trying again");
      }
      this.unsaved.add(name);
    }
  }

  private async load(name: string, versions: readonly string[]): Promise<void> {
    try {
      await this.args.repository.load(name, { kind: "specific", versions });
    } catch (error) {
      throw toLoadError(name, error);
    }
  }

  private configuredOf(name: string): string {
    return JSON.stringify(this.args.configured.get(name) ?? null);
  }

  private trafficOf(name: string): ModelTraffic {
    const traffic = this.args.router.get(name);
    if (traffic !== undefined) return traffic;
    throw new ServiceError(
      404,
      "traffic_not_set",
      `The model ${name} has no traffic rule. PUT /traffic/${name} sets one.`,
    );
  }

  private now(): number {
    return (this.args.now ?? Date.now)();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
