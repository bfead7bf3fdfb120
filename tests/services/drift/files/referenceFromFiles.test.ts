import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ReferenceFiles } from "../../../../services/drift/files/referenceFromFiles";
import { openObjectStore } from "../../../../services/runtime/objectStore";
import { driftFixture } from "../../../support/driftService";
import { temporaryFolder } from "../../../support/temporaryFolder";

const root = temporaryFolder();
const { call } = driftFixture({ FILES_URL: pathToFileURL(root).href });
const sample = <T>(length: number, f: (i: number) => T) => Array.from({ length }, (_, i) => f(i));
const files = new ReferenceFiles(openObjectStore(pathToFileURL(root).href));
const put = (folder: string, text: string) => {
  mkdirSync(join(root, folder));
  writeFileSync(join(root, folder, "part.csv"), text);
};

describe("ReferenceFiles", () => {
  it("reads a reference's columns out of files, in the kinds asked for", async () => {
    put("sound", "x,code,colour\n1.5,7,red\n,8,blue\n2,7,red\n");
    expect(await files.summarise("sound/", {})).toMatchObject([
      { name: "x", kind: "numeric", rows: 3, missing: 1, count: 2, mean: 1.75 },
      { name: "code", kind: "numeric" },
      {
        name: "colour",
        kind: "categorical",
        counts: new Map([
          ["red", 2],
          ["blue", 1],
        ]),
      },
    ]);
    expect(await files.summarise("sound/", { code: "categorical" })).toMatchObject([
      {
        name: "code",
        kind: "categorical",
        counts: new Map([
          ["7", 2],
          ["8", 1],
        ]),
      },
    ]);
  });

  it("says what is wrong with files, a prefix, or the service's settings", async () => {
    put("unsound", "x\n1\nInfinity\n");
    const code = (name: string) => ({ status: 400, code: name });
    await expect(files.summarise("nothing/", {})).rejects.toMatchObject(code("invalid_files"));
    await expect(files.summarise("../", {})).rejects.toMatchObject(code("invalid_files"));
    await expect(files.summarise("unsound/", { x: "numeric" })).rejects.toThrow('Column "x" has 1 value(s)');
    await expect(files.summarise("sound", {})).rejects.toThrow('The prefix "sound" must end in "/".');
    await expect(new ReferenceFiles(undefined).summarise("sound/", {})).rejects.toMatchObject(code("no_file_store"));
  });

  it("reads one table at a time", async () => {
    const first = files.summarise("sound/", {});
    await expect(files.summarise("sound/", {})).rejects.toMatchObject({ status: 409, code: "files_busy" });
    await first;
    await expect(files.summarise("sound/", {})).resolves.toHaveLength(3);
  });

  it("lets PUT /references read one, which windows are then compared with", async () => {
    mkdirSync(join(root, "churn"));
    const lines = (from: number) => sample(600, (i) => `${(from + i) * 1.25},${i % 3 === 0 ? "red" : "blue"}`);
    for (const part of [0, 1]) {
      writeFileSync(join(root, "churn", `${part}.csv`), ["age,colour", ...lines(600 * part)].join("\n"));
    }
    const created = await call("PUT", "/references/from-files", { files: { prefix: "churn/" } });
    expect(created).toMatchObject({
      status: 201,
      body: { rows: 1200, columns: [{ name: "age" }, { name: "colour" }] },
    });
    const columns = { age: sample(300, (i) => i * 5), colour: sample(300, () => "blue") };
    const { body } = await call("POST", "/detect-drift", { reference_id: "from-files", columns });
    expect(body).toMatchObject({ reference_rows: 1200, features_affected: ["colour"] });
    expect(body.columns.age.statistic).toBeLessThan(0.02);
    expect(await call("PUT", "/references/none", { files: { prefix: "nothing/" } })).toMatchObject({
      status: 400,
      body: {
        error: { code: "invalid_files", message: expect.stringContaining('directly below "nothing/" in file:') },
      },
    });
    expect(await call("PUT", "/references/none", {})).toMatchObject({
      status: 400,
      body: { error: { message: "Send either columns or files, and not both." } },
    });
  });
});
