import { type ArgumentProblem, problemIf, within } from "../arguments";
import { alarmsProblems } from "./alarms";
import { cacheProblems } from "./cache";
import { clusterProblems } from "./clusterProblems";
import { databaseProblems } from "./database";
import type { GcpFoundationArgs } from "./foundation";
import { networkProblems } from "./network";
import { networkRanges } from "./networkRanges";
import { objectStoreProblems } from "./objectStore";
import { regionProblem, zonesOf } from "./zones";

/**
 * All that is wrong with a foundation's arguments, in all its parts: found before the first resource is registered, so
 * that a mistake in the last part does not leave the first ones half made.
 */
export function foundationProblems(args: GcpFoundationArgs): readonly ArgumentProblem[] {
  const { stack, environment, region, project, network, database, cache, objects, alarms } = args;
  const place = { stack, environment, region, project };
  const wrongRegion = regionProblem(region);
  const wrongNetwork = wrongRegion === undefined ? networkProblems({ ...place, ...network }) : [];
  return [
    ...problemIf(
      !/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project),
      "project",
      `is "${project}", which is no project id; give the id (6 to 30 lower-case letters, digits and hyphens), not the number or title.`,
    ),
    ...problemIf(wrongRegion !== undefined, "region", wrongRegion ?? ""),
    ...within("network", wrongNetwork),
    // Pools are held against the network's zones and ranges, which must be right for that.
    ...(wrongRegion === undefined && wrongNetwork.length === 0 ? wrongCluster(args) : []),
    ...within("database", databaseProblems({ ...place, ...database })),
    ...within("cache", cacheProblems({ ...place, ...cache })),
    ...within("objects", objectStoreProblems({ ...place, ...objects })),
    ...within("alarms", alarmsProblems({ ...alarms })),
  ];
}

function wrongCluster(args: GcpFoundationArgs): readonly ArgumentProblem[] {
  const { stack, environment, region, project, cluster } = args;
  const { cidr, zones = 3 } = args.network;
  const network = { ranges: networkRanges(cidr), zones: zonesOf(region, zones) };
  return within("cluster", clusterProblems({ stack, environment, region, project, ...cluster, network }));
}
