import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes an empty folder for one test file, removed after its last test. Call it at the top level or in a describe. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tideline-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
