import type { InputRule, ResourceType } from "./resourceType";
import { UNKNOWN } from "./wire";

/** A value somewhere inside a resource's inputs, with the rule that holds for it. */
export interface Visited {
  /** `settings.ipConfiguration[0].value`, as Pulumi writes property paths. */
  readonly path: string;
  readonly value: unknown;
  /** Undefined where the catalogue knows no such property. */
  readonly rule: InputRule | undefined;
}

/** Is the value absent for a cloud? */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Every given value with its rule, parents before members. Properties that begin with `__` are the engine's own. */
export function* visitInputs(type: ResourceType, inputs: Readonly<Record<string, unknown>>): Generator<Visited> {
  yield* visitProperties(type.inputs, inputs, "");
}

function* visitProperties(
  rules: Readonly<Record<string, InputRule>>,
  values: Readonly<Record<string, unknown>>,
  prefix: string,
): Generator<Visited> {
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith("__") || isAbsent(value)) continue;
    const path = prefix === "" ? name : `${prefix}.${name}`;
    yield* visitValue(Object.hasOwn(rules, name) ? rules[name] : undefined, value, path);
  }
}

function* visitValue(rule: InputRule | undefined, value: unknown, path: string): Generator<Visited> {
  yield { path, value, rule };
  if (!rule || value === UNKNOWN) return;
  if (rule.type === "list" && rule.items && Array.isArray(value)) {
    for (const [index, member] of value.entries()) yield* visitValue(rule.items, member, `${path}[${index}]`);
  }
  if (!isRecord(value)) return;
  if (rule.type === "map" && rule.items) {
    for (const [key, member] of Object.entries(value)) yield* visitValue(rule.items, member, memberPath(path, key));
  }
  if (rule.type === "object" && rule.properties) yield* visitProperties(rule.properties, value, path);
}

/** Path of a map's member; keys that are no identifiers are quoted. */
function memberPath(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** Is it an object in the sense of JSON? */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
