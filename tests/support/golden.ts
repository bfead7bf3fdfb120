import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The parsed content of tests/data/golden/<name>.json; the caller says its shape, the README beside it what it means. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, "../data/golden", `${name}.json`), "utf8")) as T;
}
