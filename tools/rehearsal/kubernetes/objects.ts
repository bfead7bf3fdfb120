import { Refusal } from "../simulator";
import { hasUnknown, type Properties } from "../wire";
import type { ApiObject, ObjectReference } from "./apiClient";
import { RELEASE, releaseRecord } from "./helmRelease";

/** What the server is to have; the engine's own properties and absent ones are left out. */
export function objectOf(token: string, inputs: Properties): ApiObject {
  if (hasUnknown(inputs)) throw new Refusal(`${kindOf(token)} has a value that is not known.`);
  if (token === RELEASE) return releaseRecord(inputs);
  const own = Object.entries(inputs).filter(([name, value]) => !name.startsWith("__") && value !== null);
  return Object.fromEntries(own) as unknown as ApiObject;
}

/** What names the object. */
export function referenceOf({ apiVersion, kind, metadata: { namespace, name } }: ApiObject): ObjectReference {
  return { apiVersion, kind, namespace, name };
}

/** `namespace/name`, as the provider gives it; the name alone for what has no namespace. */
export function idOf(token: string, inputs: Properties): string {
  const [namespace, name] = nameOf(token, inputs);
  return namespace === undefined ? String(name) : `${namespace}/${name}`;
}

/** Namespace, if it has one, and name. */
export function nameOf(token: string, inputs: Properties): readonly [unknown, unknown] {
  if (token === RELEASE) return [inputs.namespace, inputs.name];
  const { namespace, name } = (inputs.metadata ?? {}) as { namespace?: string; name?: string };
  return [namespace, name];
}

/** The kind at the end of a type token. */
export function kindOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}

/** A release's status as the real provider shows it; other objects as the server has them. A Secret's contents stay with its inputs. */
export function outputsOf(token: string, inputs: Properties, live: ApiObject): Properties {
  if (token === RELEASE) {
    const { name, namespace, version, chart } = inputs;
    return { ...inputs, status: { name, namespace, version, chart, status: "deployed", revision: 1 } };
  }
  const { managedFields: _, ...metadata } = live.metadata;
  return live.kind === "Secret" ? { ...inputs, metadata } : { ...live, metadata };
}

/** Without what differs between two answers about the same object. */
export function stable(object: ApiObject): object {
  const { managedFields: _fields, resourceVersion: _version, generation: _generation, ...metadata } = object.metadata;
  const { status: _status, ...rest } = object;
  return { ...rest, metadata };
}

/** The live values of those fields that were given. */
export function project(live: unknown, given: unknown): unknown {
  if (Array.isArray(live) && Array.isArray(given)) {
    return live.map((item, index) => (index < given.length ? project(item, given[index]) : item));
  }
  if (typeof live !== "object" || live === null || typeof given !== "object" || given === null) return live;
  const values = live as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (name in values ? [[name, project(values[name], value)]] : [])),
  );
}
