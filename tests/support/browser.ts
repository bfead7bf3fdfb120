import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/**
 * A `describe` for tests that open pages in the system's Chromium. Where there is none its tests are reported as skipped
 * with the reason; with CI=true that is a failure.
 */
export function describeWithBrowser(name: string, body: (browser: () => Browser) => void): void {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    const reason = "there is no Chromium on PATH; on Debian, apt-get install chromium";
    if (process.env.CI === "true") throw new Error(`${name} needs a browser: ${reason}.`);
    console.warn(`Skipped: ${name}, for ${reason}.`);
    describe(name, () => test.skip(`needs a browser: ${reason}`, () => {}));
    return;
  }
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      // Containers give root no sandbox; the pages are the tests' own.
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    });
    afterAll(() => browser?.close());
    body(() => browser);
  });
}

function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}
