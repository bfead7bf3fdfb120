import { SIMULATED_PACKAGES } from "./catalogues";
import type { Deployment } from "./session";
import type { StoredResource, WorldState } from "./world";

/** Where the engine's state and the simulated clouds disagree; all empty when they agree. */
export interface Audit {
  /** In a cloud, and unknown to the engine: nobody would ever delete it, and it would be paid for. */
  readonly orphans: readonly StoredResource[];
  /** URNs that have more than one resource in a cloud. */
  readonly duplicates: readonly string[];
  /** URNs that the engine believes in, and no cloud has. */
  readonly missing: readonly string[];
}

/** Compares a stack's state with the simulated clouds. */
export function audit(deployment: Deployment, worlds: Readonly<Record<string, WorldState>>): Audit {
  const live = Object.values(worlds).flatMap(({ resources }) => resources);
  const known = (deployment.resources ?? []).filter(
    ({ custom, type }) => custom && SIMULATED_PACKAGES.includes(type.split(":")[0] ?? ""),
  );
  const key = ({ urn, id }: { urn: string; id?: string }) => `${urn} ${id}`;
  const inState = new Set(known.map(key));
  const inClouds = new Set(live.map(key));
  const urns = live.map(({ urn }) => urn);
  return {
    orphans: live.filter((resource) => !inState.has(key(resource))),
    duplicates: [...new Set(urns.filter((urn, index) => urns.indexOf(urn) !== index))],
    missing: known.filter((resource) => !inClouds.has(key(resource))).map(({ urn }) => urn),
  };
}
