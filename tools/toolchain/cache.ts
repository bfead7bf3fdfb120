import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where downloaded and built tools are kept for all checkouts: below XDG_CACHE_HOME, by default ~/.cache. */
export function cacheFolder(env: Environment): string {
  const base = env.XDG_CACHE_HOME;
  // The XDG Base Directory Specification has relative paths ignored.
  return join(base && isAbsolute(base) ? base : join(env.HOME || homedir(), ".cache"), "tideline", "toolchain");
}
