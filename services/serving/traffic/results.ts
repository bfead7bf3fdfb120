import { type Comparison, compareMeans, compareShares } from "./significance";
import { latencyQuantile, type TallyReport } from "./tally";

/** A difference with a smaller p-value is called significant. */
const SIGNIFICANCE = 0.05;

/** One variant of an experiment as a report tells of it; times in seconds, null where there is nothing to tell. */
export interface VariantResult {
  readonly version: string;
  readonly requests: number;
  readonly errors: number;
  readonly error_rate: number | null;
  readonly latency_mean_seconds: number | null;
  readonly latency_p95_seconds: number | null;
  readonly drift_score: number | null;
}

/** A comparison of canary and stable; the difference is the canary's less the stable one's. */
export type Verdict = Comparison & { readonly test: string; readonly significant: boolean };

export interface VariantSeen {
  readonly version: string;
  readonly tally: TallyReport;
  readonly driftScore: number | undefined;
}

/** What of an experiment is known: each variant, and whether they differ. Null where there are too few requests to say. */
export interface TrafficResults {
  readonly stable: VariantResult;
  readonly canary: VariantResult | null;
  readonly error_rate: Verdict | null;
  readonly latency: Verdict | null;
}

/** Compares the requests that chance or a key gave to each variant; those that asked for one are not among them. */
export function compareVariants(stable: VariantSeen, canary: VariantSeen | undefined): TrafficResults {
  const share = ({ tally }: VariantSeen) => ({ events: tally.errors, trials: tally.requests });
  const errors = canary && compareShares(share(stable), share(canary));
  const latency = canary && compareMeans(stable.tally.latency, canary.tally.latency);
  return {
    stable: describe(stable),
    canary: canary === undefined ? null : describe(canary),
    error_rate: verdict("two-proportion z", errors),
    latency: verdict("Welch's t", latency),
  };
}

function verdict(test: string, comparison: Comparison | undefined): Verdict | null {
  return comparison === undefined ? null : { test, ...comparison, significant: comparison.p_value < SIGNIFICANCE };
}

function describe({ version, tally, driftScore }: VariantSeen): VariantResult {
  const { requests, errors, latency } = tally;
  return {
    version,
    requests,
    errors,
    error_rate: requests === 0 ? null : errors / requests,
    latency_mean_seconds: latency.count === 0 ? null : latency.mean,
    latency_p95_seconds: latencyQuantile(tally, 0.95) ?? null,
    drift_score: driftScore ?? null,
  };
}
