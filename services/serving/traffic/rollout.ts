import type { TallyReport } from "./tally";
import type { TrafficRecord } from "./trafficRecord";

/** What is known of the canary since the step began. */
export interface Observation {
  readonly tally: Pick<TallyReport, "requests" | "errors" | "slow">;
  /** Share of its features that drifted, as last reported; undefined until there is a report. */
  readonly driftScore: number | undefined;
}

/** What is to become of a rollout. `hold` and `advance` say what is waited for or reached, the others why. */
export interface Decision {
  readonly kind: "hold" | "advance" | "promote" | "rollback";
  readonly reason: string;
}

/**
 * Judges a rollout at a moment, in milliseconds. It is rolled back as soon as a limit is broken for sure: too many
 * failures or slow answers for the step's least number of requests even if all others were sound. It goes on when the
 * step has had its time and its requests; manual rollouts wait to be told.
 */
export function judge({ rule, step, step_started_at }: TrafficRecord, seen: Observation, now: number): Decision {
  const { rollout } = rule;
  if (rollout === undefined || rule.canary === undefined) return { kind: "hold", reason: "there is no rollout" };
  const broken = brokenLimit(rollout, seen);
  if (broken !== undefined) return { kind: "rollback", reason: broken };
  const { requests } = seen.tally;
  const seconds = (now - step_started_at) / 1000;
  if (rollout.strategy === "manual") return { kind: "hold", reason: "it waits to be told to advance" };
  if (seconds < rollout.step_seconds) {
    return { kind: "hold", reason: `the step has had ${Math.floor(seconds)} of ${rollout.step_seconds} seconds` };
  }
  if (requests < rollout.min_requests) {
    return { kind: "hold", reason: `the canary has had ${requests} of ${rollout.min_requests} requests` };
  }
  const reason = `${requests} requests within the limits`;
  return { kind: step >= rollout.steps.length - 1 ? "promote" : "advance", reason };
}

type Limits = Record<"max_error_rate" | "max_p95_seconds" | "max_drift_score" | "min_requests", number>;

function brokenLimit(limits: Limits, { tally, driftScore }: Observation): string | undefined {
  const { requests, errors, slow } = tally;
  const judged = Math.max(requests, limits.min_requests);
  if (errors > limits.max_error_rate * judged) {
    return `${errors} of ${requests} requests failed; ${percent(limits.max_error_rate)} may`;
  }
  // The 95th percentile is beyond the limit when more than one in twenty is.
  if (slow > 0.05 * judged) {
    return `${slow} of ${requests} requests took longer than ${limits.max_p95_seconds} s; 5 % may`;
  }
  if (driftScore !== undefined && driftScore > limits.max_drift_score) {
    return `the drift score is ${driftScore}; up to ${limits.max_drift_score} is borne`;
  }
  return undefined;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`;
}
