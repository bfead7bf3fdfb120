import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../../../../tools/bench/serving/python";

describe("peerPython", () => {
  const cache = mkdtempSync(join(tmpdir(), "tideline-bench-python-"));
  afterAll(() => rmSync(cache, { recursive: true }));

  it("says why there is no Python, and leaves no half-made environment", async () => {
    expect(await peerPython({ XDG_CACHE_HOME: cache, PATH: join(cache, "nothing") }, () => {})).toEqual({
      absent:
        "Python 3 with pip could not provide fastapi, uvicorn[standard], onnxruntime, scikit-learn (spawn python3 ENOENT).",
    });
    expect(readdirSync(join(cache, "tideline"))).toEqual([]);
  });
});
