import type { ApiAccess } from "./apiClient";

/** Variable that tells plugins where the host of the simulated clusters' control planes answers. */
export const CLUSTERS_VARIABLE = "TIDELINE_REHEARSAL_CLUSTERS";

/**
 * Asks the host, from a plugin, for the control plane of a cluster; with a chart, once the kinds that the chart brings
 * along are served.
 * @throws {Error} saying why it could not be started
 */
export async function askForCluster(address: string, server: string, chart?: string): Promise<ApiAccess> {
  const query = new URLSearchParams({ server, ...(chart === undefined ? {} : { chart }) });
  const response = await fetch(`${address}?${query}`);
  const body = (await response.json()) as ApiAccess & { readonly error?: string };
  if (!response.ok) throw new Error(body.error ?? `The host of simulated clusters answered ${response.status}.`);
  return body;
}
