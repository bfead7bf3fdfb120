import type { Properties } from "./rule";

/** The member at a path such as `vpcConfig.subnetIds`; undefined when any part of it is not there. */
export function read(props: unknown, path: string): unknown {
  let value = props;
  for (const key of path.split(".")) {
    if (!isObject(value)) return undefined;
    value = value[key];
  }
  return value;
}

/** Is there anything at the path, known or not? Reads only what is around it. */
export function has(props: unknown, path: string): boolean {
  const at = path.lastIndexOf(".");
  const parent = at < 0 ? props : read(props, path.slice(0, at));
  return isObject(parent) && path.slice(at + 1) in parent;
}

/** The list at a path, empty when there is none. */
export function list(props: unknown, path: string): readonly unknown[] {
  const value = read(props, path);
  return Array.isArray(value) ? value : [];
}

/** The objects of the list at a path. */
export function objects(props: unknown, path: string): readonly Properties[] {
  return list(props, path).filter(isObject);
}

/** The texts of the list at a path, or of the single text there. */
export function texts(props: unknown, path: string): readonly string[] {
  const value = read(props, path);
  return typeof value === "string" ? [value] : list(props, path).filter((member) => typeof member === "string");
}

export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null;
}

/** A value for a message. */
export function show(value: unknown): string {
  if (value === undefined) return "not set";
  return typeof value === "string" ? value || "empty" : JSON.stringify(value);
}

/** Like `read`, and undefined while the value is unknown. Only where no value that is still to be made can be wrong. */
export function readKnown(props: unknown, path: string): unknown {
  try {
    return read(props, path);
  } catch {
    return undefined;
  }
}
