import type { ServiceError } from "../../runtime/errors";
import type { RoutingHeaders } from "../models";
import type { ServedModel } from "../servedModel";
import { type Choice, chooseVariant, type Variant } from "./chooseVariant";
import { compareVariants, type TrafficResults } from "./results";
import type { Observation } from "./rollout";
import { Shadow } from "./shadow";
import { addTallies, Tally } from "./tally";
import type { TrafficMetrics, VariantCounts } from "./trafficMetrics";
import { type TrafficRecord, weightOf } from "./trafficRecord";

export interface ModelTrafficArgs {
  readonly name: string;
  readonly record: TrafficRecord;
  /** A version that is in service; undefined when it is not. */
  readonly find: (version: string) => ServedModel | undefined;
  readonly metrics: TrafficMetrics;
  readonly random: () => number;
}

type Counted = Variant | "asked";

/** One model's rule at work: gives each request its variant, and counts what comes of it. */
export class ModelTraffic {
  private current: TrafficRecord;
  private weight: number;
  private readonly tallies: Readonly<Record<Counted, Tally>>;
  private before = { requests: 0, errors: 0, slow: 0 };
  /** Each version as routes see it while the rule holds, so that what they count is counted here too. */
  private readonly views = new Map<string, { readonly of: ServedModel; readonly view: ServedModel }>();

  constructor(private readonly args: ModelTrafficArgs) {
    this.current = args.record;
    this.weight = weightOf(args.record);
    const slowSeconds = args.record.rule.rollout?.max_p95_seconds;
    this.tallies = { stable: new Tally(slowSeconds), canary: new Tally(slowSeconds), asked: new Tally(slowSeconds) };
  }

  get record(): TrafficRecord {
    return this.current;
  }

  /** Goes on with another step of the same rule; what counts for the step begins anew. */
  enterStep(record: TrafficRecord): void {
    this.before = this.canaryTally();
    this.current = record;
    this.weight = weightOf(record);
  }

  /** The version that a request goes to, for as long as it lasts; undefined when none of the rule's is in service. */
  route(headers: RoutingHeaders): ServedModel | undefined {
    const { rule } = this.current;
    const { canary } = rule;
    if (canary === undefined) return this.viewOf(rule.stable, { variant: "stable", assigned: true });
    const choice = chooseVariant({
      weightPercent: this.weight,
      asked: headerOf(headers, "x-canary"),
      stickyKey: headerOf(headers, rule.sticky_header),
      salt: `${this.args.name} ${rule.stable} ${canary}`,
      random: this.args.random,
    });
    const version = choice.variant === "canary" ? canary : rule.stable;
    return this.viewOf(version, choice) ?? this.viewOf(rule.stable, { variant: "stable", assigned: false });
  }

  stable(): ServedModel | undefined {
    return this.args.find(this.current.rule.stable);
  }

  /** Of the canary, in the step that lasts. */
  observation(): Observation {
    const { before } = this;
    const { requests, errors, slow } = this.canaryTally();
    const tally = {
      requests: requests - before.requests,
      errors: errors - before.errors,
      slow: slow - before.slow,
    };
    return { tally, driftScore: this.driftScore(this.current.rule.canary) };
  }

  results(): TrafficResults {
    const { stable, canary } = this.current.rule;
    const seen = (version: string, variant: Variant) => ({
      version,
      tally: this.tallies[variant].report(),
      driftScore: this.driftScore(version),
    });
    return compareVariants(seen(stable, "stable"), canary === undefined ? undefined : seen(canary, "canary"));
  }

  /** Each variant's share just now, 0 to 100. */
  weights(): [Record<"model" | "version" | "variant", string>, number][] {
    const { name: model } = this.args;
    const { stable, canary } = this.current.rule;
    const stableShare = [{ model, version: stable, variant: "stable" }, 100 - this.weight] as const;
    if (canary === undefined) return [[...stableShare]];
    return [[...stableShare], [{ model, version: canary, variant: "canary" }, this.weight]];
  }

  /** All requests that the canary had, also those that asked for it. */
  private canaryTally() {
    return addTallies(this.tallies.canary.report(), this.tallies.asked.report());
  }

  private driftScore(version: string | undefined): number | undefined {
    return version === undefined ? undefined : this.args.find(version)?.drift?.score;
  }

  private viewOf(version: string, { variant, assigned }: Choice): ServedModel | undefined {
    const served = this.args.find(version);
    if (served === undefined) return undefined;
    const key = `${variant} ${assigned}`;
    const known = this.views.get(key);
    if (known?.of === served) return known.view;
    const view = this.createView(served, variant, assigned);
    this.views.set(key, { of: served, view });
    return view;
  }

  private createView(served: ServedModel, variant: Variant, assigned: boolean): ServedModel {
    const { name: model, metrics, find, random } = this.args;
    const counts = metrics.countsOf({ model, version: served.card.version, variant });
    const tally = assigned ? this.tallies[variant] : variant === "canary" ? this.tallies.asked : new Tally();
    const view = { ...served, metrics: new CountedVariant(served.metrics, tally, counts) };
    const { shadow: rule } = this.current.rule;
    if (rule === undefined) return view;
    const shadowCounts = metrics.shadowCountsOf({ model, version: rule.version });
    const shadow = new Shadow({
      rule,
      primary: served,
      shadow: () => find(rule.version),
      counts: shadowCounts,
      random,
    });
    return { ...view, shadow };
  }
}

/** Counts for the version as ever, and for the variant. */
class CountedVariant {
  readonly statistics: ServedModel["metrics"]["statistics"];
  readonly confidence: ServedModel["metrics"]["confidence"];

  constructor(
    private readonly version: ServedModel["metrics"],
    private readonly tally: Tally,
    private readonly counts: VariantCounts,
  ) {
    this.statistics = version.statistics;
    this.confidence = version.confidence;
  }

  succeeded(startedAt: number, traceId?: string): void {
    this.version.succeeded(startedAt, traceId);
    this.tally.succeeded((performance.now() - startedAt) / 1000);
    this.counts.success++;
  }

  failed(error: ServiceError, startedAt: number): void {
    this.version.failed(error, startedAt);
    if (isModelsFault(error)) {
      this.tally.failed();
      this.counts.error++;
    } else this.counts.refused++;
  }
}

/** What a canary is to blame for: failures, a full queue, a passed deadline, and answers that are no numbers. */
function isModelsFault({ status, code }: ServiceError): boolean {
  return status >= 500 || code === "no_finite_answer";
}

function headerOf(headers: RoutingHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
