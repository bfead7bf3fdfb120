import { z } from "zod";

const version = z.string().regex(/^[1-9][0-9]*$/, 'Allowed: a version as text, such as "3"');
const percent = z.number().min(0).max(100);
const header = z.string().regex(/^[a-z0-9-]{1,64}$/, "Allowed: a header's name in lower case");

/** Shares of the requests that a canary walks through, in percent. */
const STEPS = {
  linear: [10, 25, 50, 75, 100],
  exponential: [1, 2, 4, 8, 16, 32, 64, 100],
  manual: [10, 25, 50, 75, 100],
} as const;

const rollout = z
  .strictObject({
    strategy: z.enum(["linear", "exponential", "manual"]).describe("manual goes on only when it is told to"),
    steps: z
      .array(percent.min(0.1))
      .min(1)
      .max(100)
      .refine((steps) => steps.at(-1) === 100, "Allowed: the last step is 100")
      .refine((steps) => steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? 0)), {
        message: "Allowed: each step greater than the one before",
      })
      .optional()
      .describe("Percent of the requests, ascending to 100; unset takes those of the strategy"),
    step_seconds: z.number().min(0).max(604_800).default(300).describe("Least time of a step"),
    min_requests: z.number().int().min(1).max(1_000_000).default(100).describe("Least canary requests of a step"),
    max_error_rate: z.number().min(0).max(1).default(0.05).describe("Share of the canary's requests that may fail"),
    max_p95_seconds: z.number().positive().max(3600).default(1).describe("Time that 95 % of the requests stay within"),
    max_drift_score: z.number().min(0).max(1).default(0.8).describe("Share of drifted features that is borne"),
  })
  .transform(({ steps, ...rest }) => ({ ...rest, steps: steps ?? [...STEPS[rest.strategy]] }));

const shadow = z.strictObject({
  version,
  sample_percent: percent.default(100).describe("Share of the answered requests that are repeated"),
  tolerance: z.number().min(0).max(1).default(0.001).describe("Relative difference of numbers that still agree"),
});

/** How the requests for a model that name no version are shared among its versions. */
export const trafficRule = z
  .strictObject({
    stable: version,
    canary: version.optional(),
    weight_percent: percent.optional().describe("Share of the canary; without a rollout"),
    sticky_header: header
      .default("x-sticky-key")
      .describe("Requests with the same value of this header get the same variant"),
    shadow: shadow.optional().describe("A version that repeats requests and whose answers are only compared"),
    rollout: rollout.optional().describe("Leads the canary from its first step to all requests, or back"),
  })
  .superRefine((rule, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const { stable, canary, shadow: copy, weight_percent: weight } = rule;
    if (canary === stable) problem("canary", "The canary is another version than the stable one");
    if (copy !== undefined && [stable, canary].includes(copy.version)) {
      problem("shadow", "The shadow is another version than the stable one and the canary");
    }
    if (canary === undefined && rule.rollout !== undefined) problem("rollout", "A rollout needs a canary");
    if (canary === undefined && weight !== undefined) problem("weight_percent", "A weight needs a canary");
    if (rule.rollout !== undefined && weight !== undefined) {
      problem("weight_percent", "A rollout sets the weight itself; leave it out");
    }
  });

/** A sound rule, all defaults filled in. */
export type TrafficRule = z.output<typeof trafficRule>;
/** How a canary is led. */
export type Rollout = NonNullable<TrafficRule["rollout"]>;
/** What a shadow compares. */
export type ShadowRule = NonNullable<TrafficRule["shadow"]>;

/** Versions that must be in service for a rule, oldest first. */
export function versionsOf({ stable, canary, shadow: copy }: TrafficRule): string[] {
  const versions = [stable, canary, copy?.version].filter((text) => text !== undefined);
  return versions.sort((a, b) => Number(a) - Number(b));
}
