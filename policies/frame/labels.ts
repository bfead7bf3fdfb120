import { isObject, read } from "./read";
import type { Properties } from "./rule";

/** Problems of tags or labels, which may stand under any of the keys: those required that have no value. */
export function missingLabels(keys: readonly string[], props: Properties, required: readonly string[]): string[] {
  const found = keys.map((key) => read(props, key)).filter(isObject);
  // A label whose value is still unknown has one.
  const missing = required.filter((label) => !found.some((labels) => hasValue(labels, label)));
  return missing.length === 0 ? [] : [`${keys[0]} lacks ${missing.join(", ")}.`];
}

function hasValue(labels: Properties, label: string): boolean {
  if (!(label in labels)) return false;
  try {
    return Boolean(labels[label]);
  } catch {
    return true;
  }
}
