import { closest, distance } from "fastest-levenshtein";

/** The end of a message about an unknown name: the nearest valid one, if any is near, and all of them. */
export function suggest(name: string, valid: readonly string[]): string {
  const nearest = closest(name, valid);
  const near = valid.length > 0 && distance(name, nearest) <= Math.max(2, Math.floor(name.length / 3));
  return `${near ? `Did you mean ${nearest}? ` : ""}Valid: ${valid.join(", ")}.`;
}
