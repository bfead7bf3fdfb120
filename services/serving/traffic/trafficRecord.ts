import { z } from "zod";
import { type TrafficRule, trafficRule } from "./trafficRule";

const HISTORY = 50;

const event = z.object({
  /** ISO 8601. */
  at: z.string(),
  event: z.enum(["started", "advanced", "promoted", "rolled_back"]),
  stable: z.string(),
  canary: z.string().optional(),
  weight_percent: z.number(),
  reason: z.string(),
});

/** A model's rule and how far its rollout has come; kept beside the model's packages, so that a restart goes on. */
export const trafficRecord = z.object({
  rule: trafficRule,
  /** The versions that the service was told to serve when the rule was made; told otherwise, it drops the rule. */
  configured: z.string(),
  /** Counts the changes; the greater of two records is the later. */
  generation: z.number().int(),
  /** Index of the rollout's step. */
  step: z.number().int(),
  /** Unix time in milliseconds. */
  step_started_at: z.number(),
  /** Latest last. */
  history: z.array(event),
});
export type TrafficRecord = z.output<typeof trafficRecord>;
type Event = z.output<typeof event>;

/** The record of a rule that begins now; `before` is the one that it replaces. */
export function startRecord(
  rule: TrafficRule,
  configured: string,
  now: number,
  before: TrafficRecord | undefined,
): TrafficRecord {
  const { generation = 0, history = [] } = before ?? {};
  const record = { rule, configured, generation, step: 0, step_started_at: now, history };
  return changed(record, "started", "the rule was set", now);
}

/** The canary's share just now, 0 to 100. */
export function weightOf({ rule, step }: Pick<TrafficRecord, "rule" | "step">): number {
  if (rule.canary === undefined) return 0;
  return rule.rollout === undefined ? (rule.weight_percent ?? 0) : (rule.rollout.steps[step] ?? 100);
}

/** At the next step of the rollout; at the last one it stays the same. */
export function advanced(record: TrafficRecord, reason: string, now: number): TrafficRecord {
  const last = (record.rule.rollout?.steps.length ?? 1) - 1;
  const step = Math.min(record.step + 1, last);
  return changed({ ...record, step, step_started_at: now }, "advanced", reason, now);
}

/** With the canary as the stable version. */
export function promoted(record: TrafficRecord, reason: string, now: number): TrafficRecord {
  const { canary, ...rest } = record.rule;
  return changed(
    { ...record, rule: alone({ ...rest, stable: canary ?? rest.stable }) },
    "promoted",
    reason,
    now,
    canary,
  );
}

/** Without the canary. */
export function rolledBack(record: TrafficRecord, reason: string, now: number): TrafficRecord {
  const { canary, ...rest } = record.rule;
  return changed({ ...record, rule: alone(rest) }, "rolled_back", reason, now, canary);
}

function alone({ stable, sticky_header, shadow }: TrafficRule): TrafficRule {
  return { stable, sticky_header, ...(shadow === undefined ? {} : { shadow }) };
}

function changed(
  record: TrafficRecord,
  kind: Event["event"],
  reason: string,
  now: number,
  canary: string | undefined = record.rule.canary,
): TrafficRecord {
  const { stable } = record.rule;
  const entry: Event = {
    at: new Date(now).toISOString(),
    event: kind,
    stable,
    ...(canary === undefined ? {} : { canary }),
    weight_percent: weightOf(record),
    reason,
  };
  return { ...record, generation: record.generation + 1, history: [...record.history, entry].slice(-HISTORY) };
}
