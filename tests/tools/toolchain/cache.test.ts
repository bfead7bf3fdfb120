import { homedir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../../tools/toolchain/cache";

test.each([
  [{ XDG_CACHE_HOME: "/var/cache/me", HOME: "/home/me" }, "/var/cache/me/tideline/toolchain"],
  [{ HOME: "/home/me" }, "/home/me/.cache/tideline/toolchain"],
  [{ XDG_CACHE_HOME: "", HOME: "/home/me" }, "/home/me/.cache/tideline/toolchain"],
  [{ XDG_CACHE_HOME: "relative", HOME: "/home/me" }, "/home/me/.cache/tideline/toolchain"],
  [{}, join(homedir(), ".cache/tideline/toolchain")],
])("%j -> %s", (env, folder) => {
  expect(cacheFolder(env)).toBe(folder);
});
