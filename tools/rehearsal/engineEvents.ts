import { readFileSync } from "node:fs";

/** One step of the engine's plan or of its execution. */
export interface Step {
  /** `create`, `update`, `same`, `replace`, `create-replacement`, `delete`, `delete-replaced`, `read`, `refresh` ... */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** Top-level properties whose change makes a new resource. */
  readonly replacing: readonly string[];
  /** Properties that change. */
  readonly changing: readonly string[];
}

/** What the engine told of one operation. */
export interface EngineLog {
  /** The steps it began with resources of clouds: without components, providers and the stack itself. */
  readonly steps: readonly Step[];
  /** Error texts, in order. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** What policies found. */
  readonly violations: readonly Violation[];
  /** The stack's outputs as far as they were known; in place of a secret stands Pulumi's mark of one. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Did the engine live to the end? */
  readonly finished: boolean;
}

/** One finding of a policy pack, apitype.PolicyEvent. */
export interface Violation {
  readonly resourceUrn?: string;
  /** The policy's description in the first line, then what it found. */
  readonly message: string;
  readonly policyName: string;
  readonly enforcementLevel: string;
}

interface RawEvent {
  readonly policyEvent?: Violation;
  readonly resourcePreEvent?: { readonly metadata: RawStep };
  readonly resOutputsEvent?: { readonly metadata: RawStep };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string; readonly urn?: string };
  readonly summaryEvent?: unknown;
}

interface RawStep {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly keys?: readonly string[] | null;
  readonly diffs?: readonly string[] | null;
  readonly old?: { readonly custom?: boolean } | null;
  readonly new?: { readonly custom?: boolean; readonly outputs?: Readonly<Record<string, unknown>> } | null;
}

/** Reads the file that `pulumi --event-log` writes (apitype.EngineEvent, a JSON object a line). */
export function readEngineLog(file: string): EngineLog {
  const events = linesOf(file).flatMap((line) => {
    try {
      return [JSON.parse(line) as RawEvent];
    } catch {
      // A killed engine may leave half a line.
      return [];
    }
  });
  const steps = events.flatMap(({ resourcePreEvent }) => {
    const step = resourcePreEvent?.metadata;
    if (!step || step.type.startsWith("pulumi:") || (step.new ?? step.old)?.custom !== true) return [];
    const { op, urn, type, keys, diffs } = step;
    return [{ op, urn, type, replacing: keys ?? [], changing: diffs ?? [] }];
  });
  const messages = (severity: string) =>
    events.flatMap(({ diagnosticEvent: found }) =>
      found?.severity === severity ? [`${subject(found.urn)}${plain(found.message)}`] : [],
    );
  const finished = events.some(({ summaryEvent }) => summaryEvent !== undefined);
  const violations = events.flatMap(({ policyEvent }) => (policyEvent ? [policyEvent] : []));
  const stack = events.findLast(({ resOutputsEvent }) => resOutputsEvent?.metadata.type === "pulumi:pulumi:Stack");
  const outputs = stack?.resOutputsEvent?.metadata.new?.outputs ?? {};
  return { steps, errors: messages("error"), warnings: messages("warning"), violations, outputs, finished };
}

/** How many steps of each kind, without those that change nothing. */
export function countSteps(steps: readonly Step[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { op } of steps) if (op !== "same") counts[op] = (counts[op] ?? 0) + 1;
  return counts;
}

function subject(urn: string | undefined): string {
  return urn ? `${urn.slice(urn.lastIndexOf("::") + 2)}: ` : "";
}

function plain(message: string): string {
  return message.replace(/<\{%.*?%\}>/g, "").trim();
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean);
  } catch {
    // The engine failed before it began, which its exit code tells.
    return [];
  }
}
