import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gte } from "semver";
import { MINIMUM_VERSION, PINNED_VERSION } from "../../../tools/toolchain/versions";

test("go.mod pins the version that is downloaded, and it serves", () => {
  const pins = readFileSync(join(__dirname, "../../../tools/toolchain/pulumi/go.mod"), "utf8");
  expect(pins).toContain(`require github.com/pulumi/pulumi/pkg/v3 v${PINNED_VERSION}\n`);
  expect(gte(PINNED_VERSION, MINIMUM_VERSION)).toBe(true);
});
