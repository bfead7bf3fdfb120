import { has, list, read, show } from "./read";
import type { ResourceRule } from "./rule";

type Check = ResourceRule["check"];

/** The value at the path is the expected one; `"true"` counts as true, as some providers write it. */
export function mustBe(path: string, expected: string | number | boolean): Check {
  return ({ props }) => {
    const value = read(props, path);
    return String(value) === String(expected) ? [] : [`${path} is ${show(value)}; it must be ${expected}.`];
  };
}

/** The value at the path is one of these. */
export function mustBeOneOf(path: string, allowed: readonly string[]): Check {
  return ({ props }) => {
    const value = read(props, path);
    return allowed.includes(String(value)) ? [] : [`${path} is ${show(value)}; it must be ${allowed.join(" or ")}.`];
  };
}

/** The value at the path is none of these; unset is fine. */
export function mustNotBe(path: string, refused: readonly (string | number | boolean)[]): Check {
  return ({ props }) => {
    const value = read(props, path);
    const wrong = refused.some((refusal) => value !== undefined && String(value) === String(refusal));
    return wrong ? [`${path} is ${show(value)}; it must not be.`] : [];
  };
}

/** Something is set at the path; it may be unknown until the resource exists. */
export function mustBeSet(path: string): Check {
  return ({ props }) => (has(props, path) ? [] : [`${path} is not set.`]);
}

/** Nothing is set at the path. */
export function mustBeUnset(path: string): Check {
  return ({ props }) => (has(props, path) ? [`${path} is set; it must not be.`] : []);
}

/** The number at the path reaches the setting of that name. */
export function mustReach(path: string, setting: string): Check {
  return ({ props }, settings) => {
    const value = read(props, path);
    const least = Number(settings[setting]);
    return Number(value ?? 0) >= least ? [] : [`${path} is ${show(value)}; it must be at least ${least}.`];
  };
}

/** The number at the path is set, above 0 and not above the setting of that name. */
export function mustNotExceed(path: string, setting: string): Check {
  return ({ props }, settings) => {
    const value = read(props, path);
    const most = Number(settings[setting]);
    const number = Number(value);
    return number > 0 && number <= most ? [] : [`${path} is ${show(value)}; it must be between 1 and ${most}.`];
  };
}

/** The list at the path holds all of these. */
export function mustHold(path: string, needed: readonly string[]): Check {
  return ({ props }) => {
    const found = list(props, path).map(String);
    const missing = needed.filter((member) => !found.includes(member));
    return missing.length === 0 ? [] : [`${path} lacks ${missing.join(", ")}.`];
  };
}

/** All checks together. */
export function every(...checks: readonly Check[]): Check {
  return (resource, settings) => checks.flatMap((check) => check(resource, settings));
}
