import { type ArgumentProblem, problemIf, within } from "../arguments";
import { alarmProblems } from "./alarmRules";
import { cacheProblems } from "./cache";
import { clusterProblems } from "./clusterPlan";
import { databaseProblems } from "./databasePlan";
import type { AwsFoundationArgs } from "./foundation";
import { healthCheckProblems } from "./healthCheck";
import { identityProblems } from "./identity";
import { networkProblems } from "./networkPlan";
import { objectStoreProblems } from "./objectStore";
import { recoveryProblems } from "./recovery";
import { WORKLOADS } from "./workloads";

/** Stands for whoever runs the program, who is asked for later. */
const CALLER = "arn:aws:iam::000000000000:role/caller";

/**
 * All that is wrong with a foundation's arguments, in all its parts: found before the first resource is registered, so
 * that a mistake in the last part does not leave the first ones half made.
 */
export function foundationProblems(args: AwsFoundationArgs): readonly ArgumentProblem[] {
  const {
    accountId,
    assumeRoleArn,
    region,
    network,
    cluster,
    database,
    cache,
    objects,
    alarms,
    recovery,
    healthChecks,
  } = args;
  const place = { ...args };
  const inside = { place, networkId: "", subnetIds: [], clientCidrs: [network.cidr] };
  const administrators = cluster.administrators ?? [assumeRoleArn ?? CALLER];
  const zones = network.zones;
  const identities = Object.entries(args.identities ?? WORKLOADS);
  return [
    ...problemIf(
      !/^\d{12}$/.test(accountId),
      "accountId",
      `is "${accountId}"; give the twelve digits of the account, in quotes.`,
    ),
    ...within("network", networkProblems({ place, ...network })),
    ...within("cluster", clusterProblems({ ...cluster, place, subnetIds: [], zones, administrators })),
    ...within("database", databaseProblems({ ...inside, ...database })),
    ...within("objects", objectStoreProblems({ place, ...objects })),
    ...within("cache", cacheProblems({ ...inside, ...cache })),
    ...within(
      "alarms",
      alarmProblems({ place, clusterName: "", database: { identifier: "", storageGb: 0 }, ...alarms }),
    ),
    ...identities.flatMap(([workload, { namespace, serviceAccount }]) =>
      within(
        `identities.${workload}`,
        identityProblems({ place, clusterName: "", namespace, serviceAccount, policies: { any: "" } }),
      ),
    ),
    ...recoveryProblems(region, recovery?.region),
    ...Object.entries(healthChecks ?? {}).flatMap(([other, url]) =>
      within(`healthChecks.${other}`, healthCheckProblems({ place, url, channel: "" })),
    ),
  ];
}
