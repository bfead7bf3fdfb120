import * as containerservice from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf } from "../arguments";
import type { AzurePlace } from "./place";

/** Days without upgrades, both included; dates such as 2026-12-20. */
export interface MaintenanceExclusion {
  readonly start: string;
  readonly end: string;
}

/** What AKS upgrades by itself, by the names that it gives the schedules, and on which day of the weekend. */
const SCHEDULES = {
  aksManagedAutoUpgradeSchedule: "Saturday",
  aksManagedNodeOSUpgradeSchedule: "Sunday",
} as const;

/** Upgrades of Kubernetes on Saturdays and of node images on Sundays, 02:00 to 10:00 UTC, never in an exclusion. */
export function createMaintenance(
  parent: pulumi.Resource,
  name: string,
  place: AzurePlace,
  cluster: containerservice.ManagedCluster,
  exclusions: readonly MaintenanceExclusion[],
): void {
  for (const [configName, dayOfWeek] of Object.entries(SCHEDULES)) {
    new containerservice.MaintenanceConfiguration(
      `${name}-${dayOfWeek.toLowerCase()}`,
      {
        configName,
        resourceGroupName: place.resourceGroupName,
        resourceName: cluster.name,
        maintenanceWindow: {
          durationHours: 8,
          schedule: { weekly: { dayOfWeek, intervalWeeks: 1 } },
          startTime: "02:00",
          utcOffset: "+00:00",
          notAllowedDates: exclusions.map(({ start, end }) => ({ start, end })),
        },
      },
      { parent },
    );
  }
}

/** All that is wrong with the exclusions. */
export function maintenanceProblems(exclusions: readonly MaintenanceExclusion[]): readonly ArgumentProblem[] {
  return exclusions.flatMap(({ start, end }, index) =>
    problemIf(
      !(isDate(start) && isDate(end) && start <= end),
      `maintenanceExclusions[${index}]`,
      `is from ${start} to ${end}; give two dates such as 2026-12-20, the earlier first.`,
    ),
  );
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
