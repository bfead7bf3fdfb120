import { formatTable } from "../cli/table";
import type { WorldState } from "./world";

/** One operation of the rehearsal, with all its attempts. */
export interface Phase {
  readonly name: "preview" | "up" | "second up" | "unprotect" | "destroy";
  readonly seconds: number;
  /** Runs of the engine that it took; more than one under faults. */
  readonly attempts: number;
  /** Steps by kind, such as create: 120; without steps that change nothing. */
  readonly steps: Readonly<Record<string, number>>;
  /** URNs that were replaced. */
  readonly replacements: readonly string[];
  /** URNs whose pending creation was found in a cloud and handed to the engine. */
  readonly adopted: readonly string[];
  /** URNs that were made without the engine ever knowing, and were removed. */
  readonly removed: readonly string[];
}

/** What `rehearse --json` prints. */
export interface Report {
  readonly stack: string;
  /** Nothing in this report exists or costs anything. */
  readonly simulated: true;
  readonly fault: string | null;
  readonly phases: readonly Phase[];
  /** Provider package to kind to number, after up. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly total: number;
  /** Simulated seconds that callers waited for eventual consistency. */
  readonly waitedSeconds: number;
  /** Resources that destroy left in the clouds. */
  readonly left: readonly string[];
  readonly seconds: number;
  /** Everything that must not happen and did; empty for a good rehearsal. */
  readonly problems: readonly string[];
}

/** Provider package to kind (`Subnet`) to number. */
export function countResources(worlds: Readonly<Record<string, WorldState>>): Report["resources"] {
  const counts: Record<string, Record<string, number>> = {};
  for (const [cloud, { resources }] of Object.entries(worlds)) {
    for (const { token } of resources) {
      const kind = token.slice(token.lastIndexOf(":") + 1);
      const kinds = counts[cloud] ?? {};
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      counts[cloud] = kinds;
    }
  }
  return counts;
}

/** Resources named when some are left behind; --json has them all. */
const MOST_NAMED = 10;

/** The report for a person. */
export function formatReport(report: Report): string {
  const { stack, resources, total, phases, left, problems, seconds, fault, waitedSeconds } = report;
  const clouds = Object.entries(resources).map(([cloud, kinds]) => {
    const sum = Object.values(kinds).reduce((all, count) => all + count, 0);
    const rows = Object.entries(kinds)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([kind, count]) => [`    ${kind}`, String(count)]);
    return `  ${cloud}: ${sum}\n${formatTable(rows)}`;
  });
  const rows = phases.map(({ name, steps, attempts, seconds: taken, replacements }) => [
    `  ${name}`,
    `${taken.toFixed(1)} s`,
    attempts === 1 ? "1 run" : `${attempts} runs`,
    describeSteps(steps),
    replacements.length === 0 ? "no replacement" : `${replacements.length} replaced`,
  ]);
  const recovered = phases.flatMap(({ adopted }) => adopted).length;
  const removed = phases.flatMap((phase) => phase.removed).length;
  return [
    `Rehearsal of stack ${stack}: ${total} resources, all simulated${fault ? `, with fault ${fault}` : ""}.`,
    ...clouds,
    formatTable(rows),
    ...(recovered + removed > 0
      ? [`  After interruptions: ${recovered} adopted into the state, ${removed} removed from a cloud.`]
      : []),
    ...(waitedSeconds > 0
      ? [`  Waited until new roles and accounts were known everywhere: ${waitedSeconds} simulated seconds.`]
      : []),
    ...problems.map((problem) => `  Problem: ${problem}`),
    left.length === 0
      ? `The simulated clouds are empty again. ${seconds.toFixed(0)} s in all; nothing was created anywhere, and nothing cost anything.`
      : `Left in the simulated clouds, ${left.length}: ${left.slice(0, MOST_NAMED).map(shortUrn).join(", ")}${left.length > MOST_NAMED ? " ..." : ""}`,
  ].join("\n");
}

function shortUrn(urn: string): string {
  return urn.slice(urn.lastIndexOf("$") + 1);
}

function describeSteps(steps: Readonly<Record<string, number>>): string {
  const parts = Object.entries(steps).map(([op, count]) => `${count} ${op}`);
  return parts.length === 0 ? "no change" : parts.join(", ");
}
