import { isDeepStrictEqual } from "node:util";
import { isAbsent, isRecord } from "./inputWalk";
import type { InputRule, ResourceType } from "./resourceType";
import { hasUnknown, type Properties } from "./wire";

/** How one property differs between two sets of inputs. */
export interface Change {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** Does the cloud make a new resource for it? */
  readonly replaces: boolean;
}

/** All differences; an unknown new value counts as one, as it may turn out different. */
export function compareInputs(type: ResourceType, olds: Properties, news: Properties): Change[] {
  return compareProperties(type.inputs, olds, news, "", false);
}

function compareProperties(
  rules: Readonly<Record<string, InputRule>>,
  olds: Properties,
  news: Properties,
  prefix: string,
  replaces: boolean,
): Change[] {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((name) => !name.startsWith("__"));
  return names.flatMap((name) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    return compareValues(rule, olds[name], news[name], prefix === "" ? name : `${prefix}.${name}`, replaces);
  });
}

function compareValues(
  rule: InputRule | undefined,
  old: unknown,
  next: unknown,
  path: string,
  within: boolean,
): Change[] {
  const replaces = within || rule?.replaces === true;
  const [before, after] = [old, next].map((value) => (isAbsent(value) ? rule?.default : value));
  if (isDeepStrictEqual(before, after) && !hasUnknown(after)) return [];
  if (rule?.properties && isRecord(before) && isRecord(after)) {
    return compareProperties(rule.properties, before, after, path, replaces);
  }
  const kind = isAbsent(before) ? "add" : isAbsent(after) ? "delete" : "update";
  if (rule?.items && Array.isArray(before) && Array.isArray(after)) {
    const items = rule.items;
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      compareValues(items, before[index], after[index], `${path}[${index}]`, replaces),
    ).flat();
  }
  return [{ path, kind, replaces: replaces || replacesInside(rule, before, after) }];
}

/** A whole object added or removed replaces if one of the members it brings or takes does. */
function replacesInside(rule: InputRule | undefined, before: unknown, after: unknown): boolean {
  return [before, after].some((value) => {
    if (Array.isArray(value)) return value.some((member) => brings(rule?.items, member));
    if (!isRecord(value)) return false;
    return Object.entries(value).some(([name, member]) => brings(rule?.properties?.[name] ?? rule?.items, member));
  });
}

function brings(rule: InputRule | undefined, member: unknown): boolean {
  return rule !== undefined && (rule.replaces === true || replacesInside(rule, member, undefined));
}
