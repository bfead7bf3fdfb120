import { isObject, read } from "./read";
import type { ResourceRule } from "./rule";

/** Sets the value at a path, leaving everything else as it is. */
export function setTo(path: string, value: string | boolean): NonNullable<ResourceRule["remedy"]> {
  return ({ props }) => (String(read(props, path)) === String(value) ? undefined : withValue(props, path, value));
}

function withValue(props: Readonly<Record<string, unknown>>, path: string, value: unknown): Record<string, unknown> {
  const [key = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...props, [key]: value };
  const inner = props[key];
  return { ...props, [key]: withValue(isObject(inner) ? inner : {}, rest.join("."), value) };
}
