import { type Config, parseConfig } from "../../stacks/config";

/** Parses a stack's values as the engine hands them over: text as it is, everything else as JSON. */
export function parseValues(values: Readonly<Record<string, unknown>>, stack = "local"): Config {
  const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const texts = Object.entries(values).map(([key, value]) => [key, asText(value)]);
  return parseConfig(stack, Object.fromEntries(texts), { root: "/project", home: "/home/of/local" });
}
