import { type ArgumentProblem, problemIf } from "../arguments";

/** A time without upgrades. */
export interface MaintenanceExclusion {
  readonly name: string;
  /** RFC 3339 times in UTC, such as 2026-11-25T00:00:00Z. */
  readonly start: string;
  readonly end: string;
  /** What is not upgraded. @default "NO_UPGRADES" */
  readonly scope?: "NO_UPGRADES" | "NO_MINOR_UPGRADES" | "NO_MINOR_OR_NODE_UPGRADES";
}

/** GKE's own limits. Source: GKE, "Maintenance windows and exclusions". */
const [MOST_EXCLUSIONS, MOST_WITHOUT_ANY_UPGRADE] = [20, 3];

/**
 * Upgrades on Saturdays and Sundays from 02:00 to 10:00 UTC, never in an exclusion. GKE asks for at least 48 hours in
 * any 32 days; these are 64.
 */
export function maintenancePolicy(exclusions: readonly MaintenanceExclusion[]) {
  return {
    recurringWindow: {
      startTime: "2025-01-04T02:00:00Z",
      endTime: "2025-01-04T10:00:00Z",
      recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
    },
    maintenanceExclusions: exclusions.map(({ name, start, end, scope = "NO_UPGRADES" }) => ({
      exclusionName: name,
      startTime: start,
      endTime: end,
      exclusionOptions: { scope },
    })),
  };
}

/** All that is wrong with the exclusions. */
export function maintenanceProblems(exclusions: readonly MaintenanceExclusion[]): readonly ArgumentProblem[] {
  const path = "maintenanceExclusions";
  const whole = exclusions.filter(({ scope = "NO_UPGRADES" }) => scope === "NO_UPGRADES").length;
  return [
    ...problemIf(
      exclusions.length > MOST_EXCLUSIONS,
      path,
      `has ${exclusions.length} entries; GKE allows ${MOST_EXCLUSIONS}.`,
    ),
    ...problemIf(
      whole > MOST_WITHOUT_ANY_UPGRADE,
      path,
      `has ${whole} entries of scope NO_UPGRADES; GKE allows ${MOST_WITHOUT_ANY_UPGRADE}. Give the others scope NO_MINOR_UPGRADES.`,
    ),
    ...exclusions.flatMap(({ name, start, end }, index) =>
      problemIf(
        !(Date.parse(start) < Date.parse(end)),
        `${path}[${index}]`,
        `("${name}") is from ${start} to ${end}; give two times such as 2026-11-25T00:00:00Z, the earlier first.`,
      ),
    ),
  ];
}
