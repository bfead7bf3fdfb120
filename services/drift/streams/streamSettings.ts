import { z } from "zod";
import { windowSpec } from "./windowSpec";

/** Names stand in URLs and log lines, as ids of references do. The descriptor reads this file, so it imports little. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const milliseconds = z
  .int()
  .min(0)
  .max(366 * 86_400_000);

/** One stream as its operator describes it. */
export const streamSettings = z.strictObject({
  name: z.string().regex(NAME).describe("Names the stream and its consumer group; another name begins again"),
  topic: z.string().min(1),
  reference_id: z.string().regex(NAME).describe("Gives the columns, and what windows are compared with"),
  window: windowSpec,
  lateness_ms: milliseconds.default(60_000).describe("How far events may come out of order"),
  time_field: z.string().min(1).optional().describe("Key of the event time; the message's own time when unset"),
  segment_field: z.string().min(1).optional().describe("Key by whose values windows are watched apart as well"),
  ahead_ms: milliseconds.default(3_600_000).describe("An event later than its message by more is refused"),
});
export type StreamSettings = z.infer<typeof streamSettings>;

const list = z
  .array(streamSettings)
  .max(100)
  .refine((streams) => new Set(streams.map(({ name }) => name)).size === streams.length, {
    message: "two streams have the same name",
  });

/** The streams of a service, as JSON text: a list of streamSettings with different names. */
export const streamList = z.string().transform((text, context): StreamSettings[] => {
  const parsed = list.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the list"}: ${message}`);
  context.addIssue({ code: "custom", message: `A JSON list of streams is expected; ${problems.join("; ")}` });
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
