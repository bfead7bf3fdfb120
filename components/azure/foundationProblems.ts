import { type ArgumentProblem, problemIf, within } from "../arguments";
import { alarmsProblems } from "./alarms";
import { cacheProblems } from "./cache";
import { clusterProblems } from "./clusterProblems";
import { databaseProblems } from "./database";
import type { AzureFoundationArgs } from "./foundation";
import { locationProblem, zonesOf } from "./locations";
import { networkProblems } from "./network";
import { objectStoreProblems } from "./objectStore";
import { registryProblems } from "./registry";

/**
 * All that is wrong with a foundation's arguments, in all its parts: found before the first resource is registered, so
 * that a mistake in the last part does not leave the first ones half made.
 */
export function foundationProblems(args: AzureFoundationArgs): readonly ArgumentProblem[] {
  const { stack, environment, location, tenantId, network, database, cache, objects, registry, alarms } = args;
  const place = { stack, environment, location, resourceGroupName: "" };
  const wrongLocation = locationProblem(location);
  const wrongNetwork = wrongLocation === undefined ? networkProblems({ ...place, ...network }) : [];
  const wrongTenant = problemIf(
    !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenantId),
    "tenantId",
    `is "${tenantId}", which is no directory id; give the UUID that az account show calls tenantId.`,
  );
  // Sizes, zones and pairs depend on where it is.
  if (wrongLocation !== undefined) return [{ path: "location", reason: wrongLocation }, ...wrongTenant];
  return [
    ...wrongTenant,
    ...within("network", wrongNetwork),
    // Pools are held against the network's zones and range, which must be right for that.
    ...(wrongNetwork.length === 0 ? wrongCluster(args, place) : []),
    ...within("database", databaseProblems({ ...place, ...database })),
    ...within("cache", cacheProblems({ ...place, ...cache })),
    ...within("objects", objectStoreProblems({ ...place, ...objects })),
    ...within("registry", registryProblems({ ...place, ...registry })),
    ...within("alarms", alarmsProblems({ ...alarms })),
  ];
}

function wrongCluster(
  { location, network, cluster }: AzureFoundationArgs,
  place: Parameters<typeof registryProblems>[0],
): readonly ArgumentProblem[] {
  const { cidr, zones = 3, nat } = network;
  const around = { cidr, zones: zonesOf(location, zones), hasNat: nat !== "none" };
  const problems = clusterProblems({ ...place, ...cluster, network: around });
  // What the cluster says of its network is about the foundation's.
  return problems.map(({ path, reason }) => ({
    path: path.startsWith("network.") ? path : `cluster.${path}`,
    reason,
  }));
}
