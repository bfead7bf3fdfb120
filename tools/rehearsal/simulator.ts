import { isDeepStrictEqual } from "node:util";
import type { Catalogue, Location } from "./catalogue";
import { isNamed, referencesOf, referrer, resolve } from "./references";
import type { Made, ResourceType, WorldView } from "./resourceType";
import { type Failure, validateInputs } from "./validate";
import type { Properties } from "./wire";
import type { StoredResource, WorldState } from "./world";

/** The simulated cloud says no, in its own words. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Which resource an operation is about. */
export interface Subject extends Place {
  readonly urn: string;
  readonly name: string;
}

/** A resource type somewhere. */
export interface Place {
  readonly token: string;
  readonly location: Location;
}

/** Added to the outputs of everything that a simulated cloud makes. */
export const SIMULATED = "by tools/rehearsal; this resource exists nowhere";

interface Changed {
  readonly state: WorldState;
  readonly result: StoredResource;
}

/** What is wrong with inputs, the type's existence included, without looking at the cloud. */
export function checkInputs(catalogue: Catalogue, token: string, inputs: Properties): Failure[] {
  const type = catalogue.typeOf(token);
  if (type) return validateInputs(type, inputs);
  return [
    {
      property: "type",
      reason: `the simulated ${catalogue.package} knows no resource type ${token}; add it to tools/rehearsal/${catalogue.package}`,
    },
  ];
}

/** Makes a resource. @throws {Refusal} when the cloud would refuse */
export function createResource(catalogue: Catalogue, state: WorldState, subject: Subject, inputs: Properties): Changed {
  const type = typeOf(catalogue, subject.token);
  const sequence = state.sequence + 1;
  const made = makeFrom(state, subject, inputs, sequence);
  const waited = refuse(catalogue, state, type, made, undefined);
  const id = type.id(made);
  if (find(state, subject, id)) {
    throw new Refusal(catalogue.refusals.exists(type.token, id));
  }
  const clock = state.clock + waited + 1;
  const { token, urn, location } = subject;
  const result = { token, urn, ...location, id, inputs, outputs: outputsOf(type, made), sequence, createdAt: clock };
  return {
    state: { sequence, clock, waited: state.waited + waited, resources: [...state.resources, result] },
    result,
  };
}

/** Changes a resource in place. @throws {Refusal} when the cloud would refuse, or it is gone */
export function updateResource(
  catalogue: Catalogue,
  state: WorldState,
  subject: Subject,
  id: string,
  inputs: Properties,
): Changed {
  const type = typeOf(catalogue, subject.token);
  const current = find(state, subject, id);
  if (!current) throw new Refusal(catalogue.refusals.missing("id", id));
  const made = makeFrom(state, subject, inputs, current.sequence);
  const waited = refuse(catalogue, state, type, made, current);
  const result = { ...current, urn: subject.urn, inputs, outputs: outputsOf(type, made) };
  const resources = state.resources.map((live) => (live === current ? result : live));
  return { state: { ...state, clock: state.clock + waited + 1, waited: state.waited + waited, resources }, result };
}

/** Deletes a resource; one that is gone already is no error. @throws {Refusal} while others need it */
export function deleteResource(catalogue: Catalogue, state: WorldState, subject: Place, id: string): WorldState {
  const type = typeOf(catalogue, subject.token);
  const current = find(state, subject, id);
  if (!current) return { ...state, clock: state.clock + 1 };
  const protection = type.deletionProtection;
  if (protection && current.inputs[protection] === true) {
    throw new Refusal(catalogue.refusals.protectedFromDeletion(current, protection));
  }
  const rest = state.resources.filter((live) => live !== current && !isPartOf(catalogue, live, current));
  const user = type.deletableWhileReferenced ? undefined : referrer(catalogue, rest, current);
  if (user) throw new Refusal(catalogue.refusals.inUse(current, user));
  return { ...state, clock: state.clock + 1, resources: rest };
}

function isPartOf(catalogue: Catalogue, part: StoredResource, whole: StoredResource): boolean {
  const type = catalogue.typeOf(part.token);
  const property = type?.goesWith;
  if (!type || property === undefined) return false;
  return referencesOf(type, part.inputs).some(
    ({ path, value, to }) => path === property && to.to.includes(whole.token) && isNamed(whole, value, to.by),
  );
}

/** The live resource of that type and id, in the account and region that the provider works in. */
export function find(state: WorldState, { token, location }: Place, id: string): StoredResource | undefined {
  const { account, region } = location;
  return state.resources.find(
    (live) => live.id === id && live.token === token && live.region === region && live.account === account,
  );
}

/** A resource in the making, for rules and functions of a catalogue. */
export function makeFrom(
  state: WorldState,
  { name, location }: Pick<Subject, "name" | "location">,
  inputs: Properties,
  sequence: number,
): Made {
  const world: WorldView = {
    resources: state.resources,
    find: (tokens, value) => resolve(state.resources, { path: "", value, to: { to: tokens } }),
  };
  return { name, inputs, ...location, sequence, world };
}

/** Everything that stands against it; returns the seconds to wait until all that it refers to can be used. */
function refuse(
  catalogue: Catalogue,
  state: WorldState,
  type: ResourceType,
  made: Made,
  current: StoredResource | undefined,
): number {
  const [failure] = validateInputs(type, made.inputs);
  if (failure) throw new Refusal(`${failure.property}: ${failure.reason}`);
  let waits = 0;
  for (const reference of referencesOf(type, made.inputs)) {
    const target = resolve(state.resources, reference);
    if (!target) throw new Refusal(catalogue.refusals.missing(reference.path, String(reference.value)));
    const usable = target.createdAt + (catalogue.typeOf(target.token)?.usableAfterSeconds ?? 0);
    waits = Math.max(waits, usable - state.clock);
  }
  const others = state.resources.filter((live) => live.token === type.token && live !== current);
  for (const rule of type.rules ?? []) {
    const reason = rule(made, current);
    if (reason !== undefined) throw new Refusal(reason);
  }
  const reason = notUnique(catalogue, type, made, others) ?? (current ? undefined : beyondQuota(type, made, others));
  if (reason !== undefined) throw new Refusal(reason);
  return waits;
}

function notUnique(
  catalogue: Catalogue,
  { token, unique }: ResourceType,
  made: Made,
  others: readonly StoredResource[],
) {
  const value = unique ? made.inputs[unique.property] : undefined;
  if (!unique || value === undefined) return undefined;
  const everywhere = unique.within === "world" || token.startsWith("aws:iam/");
  const twin = others.find(
    (live) => isDeepStrictEqual(live.inputs[unique.property], value) && (everywhere || live.region === made.region),
  );
  return twin ? catalogue.refusals.exists(token, String(value)) : undefined;
}

function beyondQuota({ quota }: ResourceType, made: Made, others: readonly StoredResource[]): string | undefined {
  if (!quota) return undefined;
  const { most, per, code } = quota;
  const counted = others.filter(
    ({ region, inputs }) => region === made.region && (per === undefined || inputs[per] === made.inputs[per]),
  );
  if (counted.length < most) return undefined;
  const where = per === undefined ? made.region : `${per} ${String(made.inputs[per])}`;
  return `${code}: the quota of ${most} in ${where} is used up; ask for a higher one or use fewer.`;
}

function outputsOf(type: ResourceType, made: Made): Properties {
  const defaults = Object.entries(type.inputs).flatMap(([name, rule]) =>
    rule.default === undefined ? [] : [[name, rule.default]],
  );
  const given = Object.entries(made.inputs).filter(([name, value]) => !name.startsWith("__") && value !== null);
  return {
    ...Object.fromEntries(defaults),
    ...Object.fromEntries(given),
    ...type.outputs?.(made),
    simulated: SIMULATED,
  };
}

function typeOf(catalogue: Catalogue, token: string): ResourceType {
  const type = catalogue.typeOf(token);
  if (!type) throw new Refusal(`The simulated ${catalogue.package} knows no resource type ${token}.`);
  return type;
}
