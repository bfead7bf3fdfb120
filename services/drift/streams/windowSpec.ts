import { z } from "zod";

const milliseconds = z
  .int()
  .min(1)
  .max(366 * 86_400_000);

/** How a stream is cut into windows. Times are of the events, in milliseconds since 1970. */
export const windowSpec = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("tumbling"), sizeMs: milliseconds }),
    z.strictObject({ kind: z.literal("sliding"), sizeMs: milliseconds, stepMs: milliseconds }),
    z.strictObject({ kind: z.literal("count"), rows: z.int().min(1).max(100_000_000) }),
  ])
  .refine((spec) => spec.kind !== "sliding" || (spec.stepMs <= spec.sizeMs && spec.sizeMs <= 100 * spec.stepMs), {
    message: "A sliding window's stepMs is at most its sizeMs and at least a hundredth of it.",
  });
export type WindowSpec = z.infer<typeof windowSpec>;

/**
 * Starts of the windows that hold a position, ascending: an event time, or for count windows the number of events
 * before it. A window holds its start and not its end.
 */
export function windowStarts(spec: WindowSpec, position: number): number[] {
  const step = spec.kind === "sliding" ? spec.stepMs : windowLength(spec);
  const starts: number[] = [];
  const last = Math.floor(position / step) * step;
  for (let start = last; start > position - windowLength(spec); start -= step) starts.unshift(start);
  return starts;
}

/** From a window's start to its end, in milliseconds or events. */
export function windowLength(spec: WindowSpec): number {
  return spec.kind === "count" ? spec.rows : spec.sizeMs;
}
