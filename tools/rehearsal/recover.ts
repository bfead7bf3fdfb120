import { audit } from "./audit";
import { openCatalogue } from "./catalogues";
import { objectOf, referenceOf } from "./kubernetes/objects";
import { holdsSecret } from "./secretMark";
import type { RehearsalSession, StateResource } from "./session";
import { deleteResource } from "./simulator";
import { type StoredResource, World } from "./world";

/** What had to be put right by hand after an interrupted operation. */
export interface Recovery {
  /** Resources that the engine had asked for, whose answers it never got, and that it now knows. */
  readonly adopted: readonly string[];
  /** Resources that no state ever knew of, removed from their cloud. */
  readonly removed: readonly string[];
}

/**
 * Does after an interrupted operation what docs/runbooks/interrupted.md tells a person to do: looks every pending
 * creation up in the cloud by its name and tags (the simulated cloud by the URN that asked for it), enters those that
 * exist into the stack's state and forgets the others; then removes what was made without the engine knowing. Nothing
 * refers to those yet, for the answer that others wait for was lost.
 */
export async function recover(session: RehearsalSession): Promise<Recovery> {
  const deployment = await session.deployment();
  const { orphans } = audit(deployment, session.worlds());
  const { resources = [], pending_operations: operations = [] } = deployment;
  const pending = operations.filter(({ type }) => type === "creating").map(({ resource }) => resource);
  const found = pending.flatMap((resource) => {
    const live = orphans.find(({ urn }) => urn === resource.urn);
    return live ? [{ resource, live }] : [];
  });
  if (operations.length > 0) {
    const adopted = found.map(({ resource, live }) => adopt(resource, live));
    await session.replaceDeployment({ ...deployment, resources: [...resources, ...adopted], pending_operations: [] });
  }
  const removed = orphans.filter((orphan) => !found.some(({ live }) => live === orphan));
  for (const orphan of removed.reverse()) await remove(session, orphan);
  return { adopted: found.map(({ live }) => live.urn), removed: removed.map(({ urn }) => urn) };
}

/** The pending resource as the state holds one that exists; what was secret as input stays so as output. */
function adopt(resource: StateResource, { id, outputs }: StoredResource): StateResource {
  const secrets = Object.entries(resource.inputs ?? {}).filter(([, value]) => holdsSecret(value));
  return { ...resource, id, outputs: { ...outputs, ...Object.fromEntries(secrets) } };
}

async function remove(session: RehearsalSession, orphan: StoredResource): Promise<void> {
  const { token, id, account, region } = orphan;
  const name = token.split(":")[0] ?? "";
  if (name === "kubernetes" && session.clusters) {
    const { client } = await session.clusters.plane(region);
    await client.delete(referenceOf(objectOf(token, orphan.inputs)));
  }
  const catalogue = openCatalogue(name);
  const place = { token, location: { account, region } };
  await new World(session.cloudsFolder, name).change((state) => ({
    state: deleteResource(catalogue, state, place, id),
    result: undefined,
  }));
}
