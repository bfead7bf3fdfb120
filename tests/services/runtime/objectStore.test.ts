import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openObjectStore } from "../../../services/runtime/objectStore";
import { describeObjectStore } from "../../support/objectStoreContract";

const folder = mkdtempSync(join(tmpdir(), "tideline store-"));
afterAll(() => rmSync(folder, { recursive: true }));

let opened = 0;
describeObjectStore("file:", () => openObjectStore(pathToFileURL(join(folder, String(opened++))).href));

describe("openObjectStore", () => {
  it.each(["s3://bucket/p?region=eu-west-1", "gs://bucket/p", "azblob://container/p?account=acc"])(
    "knows %s",
    (url) => {
      expect(openObjectStore(url).url).toBe(url);
    },
  );

  it("refuses other schemes", () => {
    expect(() => openObjectStore("ftp://host/x")).toThrow(
      "The object store URL ftp://host/x has the scheme ftp: Allowed: file:, s3:, gs:, azblob:.",
    );
  });
});
