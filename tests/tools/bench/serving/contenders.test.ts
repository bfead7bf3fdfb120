import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBareHttp } from "../../../../tools/bench/serving/contenders";

describe("startBareHttp", () => {
  const folder = mkdtempSync(join(tmpdir(), "tideline-bench-test-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("answers the body that it parsed, and is gone once stopped", async () => {
    const { server } = await startBareHttp(folder);
    try {
      const answer = await fetch(server.url, { method: "POST", body: '{ "a": [1.50] }' });
      expect(answer.headers.get("content-type")).toBe("application/json");
      expect(await answer.text()).toBe('{"a":[1.5]}');
    } finally {
      await server.stop();
    }
    await expect(fetch(server.url)).rejects.toThrow("fetch failed");
  });
});
