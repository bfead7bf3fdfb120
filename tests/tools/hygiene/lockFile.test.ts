import { readFileSync } from "node:fs";
import { join } from "node:path";
import { completeLock, type LockFile, missingPlatforms } from "../../../tools/hygiene/lockFile";

const lock: LockFile = {
  lockfileVersion: 3,
  packages: {
    "": { optionalDependencies: {} },
    "node_modules/tool": {
      version: "1.2.3",
      dev: true,
      optionalDependencies: {
        "@tool/linux-x64-musl": "1.2.3",
        "@tool/win32-arm64-msvc": "1.2.3",
        "@tool/linux-x64": "1.2.3",
      },
    },
    "node_modules/@tool/linux-x64": { version: "1.2.3", integrity: "sha512-x", os: ["linux"] },
    "node_modules/outer/node_modules/tool": {
      version: "2.0.0",
      optionalDependencies: { "@tool/near": "2.0.0", "@tool/linux-x64": "1.2.3" },
    },
    "node_modules/outer/node_modules/@tool/near": { version: "2.0.0" },
    "node_modules/watcher": { version: "1.0.0", optionalDependencies: { fsevents: "^2.3.0" } },
  },
};

test("this repository's lock file serves every platform", () => {
  const file = readFileSync(join(__dirname, "../../../package-lock.json"), "utf8");
  expect(missingPlatforms(JSON.parse(file))).toEqual([]);
});

test("packages of other platforms are found missing; what is there, near or above, is not", () => {
  expect(missingPlatforms(lock)).toEqual([
    "node_modules/@tool/linux-x64-musl 1.2.3",
    "node_modules/@tool/win32-arm64-msvc 1.2.3",
  ]);
});

test("they are added with their platform, and nothing else changes", () => {
  const whole = completeLock(lock);
  expect(whole.packages).toEqual({
    ...lock.packages,
    "node_modules/@tool/linux-x64-musl": {
      version: "1.2.3",
      cpu: ["x64"],
      libc: ["musl"],
      os: ["linux"],
      dev: true,
      optional: true,
    },
    "node_modules/@tool/win32-arm64-msvc": {
      version: "1.2.3",
      cpu: ["arm64"],
      os: ["win32"],
      dev: true,
      optional: true,
    },
  });
  expect(missingPlatforms(whole)).toEqual([]);
  expect(completeLock(whole)).toEqual(whole);
});
