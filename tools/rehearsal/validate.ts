import { closest, distance } from "fastest-levenshtein";
import { isAbsent, isRecord, visitInputs } from "./inputWalk";
import type { InputRule, ResourceType } from "./resourceType";
import { type Properties, UNKNOWN } from "./wire";

/** Why one property is refused. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** Everything that is wrong with a resource's inputs by its catalogue entry; unknown values pass. */
export function validateInputs(type: ResourceType, inputs: Properties): Failure[] {
  const failures = missing(type.inputs, inputs, "");
  for (const { path, value, rule } of visitInputs(type, inputs)) {
    if (value === UNKNOWN) continue;
    const reason = rule ? broken(rule, value) : type.open ? undefined : unknownProperty(type, path);
    if (reason !== undefined) failures.push({ property: path, reason });
    if (rule?.type === "object" && rule.properties && isRecord(value)) {
      failures.push(...missing(rule.properties, value, `${path}.`));
    }
  }
  return failures;
}

function missing(rules: Readonly<Record<string, InputRule>>, values: Properties, prefix: string): Failure[] {
  return Object.entries(rules)
    .filter(([name, rule]) => rule.required && isAbsent(values[name]))
    .map(([name]) => ({ property: `${prefix}${name}`, reason: "is required and not given" }));
}

function unknownProperty(type: ResourceType, path: string): string {
  const names = siblings(type, path);
  const name = path.slice(path.lastIndexOf(".") + 1);
  const nearest = names.length > 0 ? closest(name, names) : undefined;
  const near = nearest !== undefined && distance(name, nearest) <= Math.max(2, name.length / 3);
  return `${type.token} has no such property${near ? `; did you mean ${nearest}?` : ""}`;
}

/** Names that may stand where the unknown one does. */
function siblings(type: ResourceType, path: string): string[] {
  let rules: Readonly<Record<string, InputRule>> = type.inputs;
  for (const step of path.split(".").slice(0, -1)) {
    const rule: InputRule | undefined = rules[step.replace(/\[.*$/, "")];
    rules = rule?.properties ?? rule?.items?.properties ?? {};
  }
  return Object.keys(rules);
}

/** How a known value breaks its rule, or undefined. */
function broken(rule: InputRule, value: unknown): string | undefined {
  if (!hasType(rule, value)) return `expected ${article(rule.type)}, found ${shown(value)}`;
  if (typeof value === "string") return brokenText(rule, value);
  const size = typeof value === "number" ? value : Array.isArray(value) ? value.length : undefined;
  if (size === undefined) return undefined;
  const unit = Array.isArray(value) ? " members" : "";
  if (rule.min !== undefined && size < rule.min) return `found ${size}${unit}, at least ${rule.min} is allowed`;
  if (rule.max !== undefined && size > rule.max) return `found ${size}${unit}, at most ${rule.max} is allowed`;
  return undefined;
}

function brokenText({ values, pattern, maxLength }: InputRule, text: string): string | undefined {
  if (values && !values.includes(text)) return `found ${shown(text)}, allowed: ${values.join(", ")}`;
  if (maxLength !== undefined && text.length > maxLength) {
    return `found ${text.length} characters (${shown(text)}), at most ${maxLength} are allowed`;
  }
  if (pattern && !new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace("g", "")).test(text)) {
    return `found ${shown(text)}, which does not match ${pattern.source}`;
  }
  return undefined;
}

function hasType({ type }: InputRule, value: unknown): boolean {
  switch (type) {
    case "any":
      return true;
    case "list":
      return Array.isArray(value);
    case "map":
    case "object":
      return isRecord(value);
    default:
      // The names of plain types in a rule are those that typeof gives.
      return typeof value === type;
  }
}

function article(type: InputRule["type"]): string {
  return type === "object" ? "an object" : `a ${type}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
