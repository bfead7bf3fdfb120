import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObjectStore } from "../../services/runtime/objectStore";

/**
 * What every object store must do, whichever scheme it speaks.
 * @param open A new empty store for each call.
 */
export function describeObjectStore(scheme: string, open: () => ObjectStore): void {
  describe(`the ${scheme} store`, () => {
    const bytes = (text: string) => Buffer.from(text);
    let store: ObjectStore;
    beforeEach(() => {
      store = open();
    });

    it("reads what was written, and what was written last", async () => {
      await store.write("a/b", bytes("old"));
      await store.write("a/b", Uint8Array.of(0, 255, 7));
      expect([...(await store.read("a/b"))]).toEqual([0, 255, 7]);
      await store.write("empty", bytes(""));
      expect(await store.read("empty")).toHaveLength(0);
    });

    it("downloads objects larger than its buffer, and says when there is none", async () => {
      const folder = mkdtempSync(join(tmpdir(), "tideline-download-"));
      try {
        const large = Buffer.alloc(2_500_000, "0123456789");
        await store.write("a/large", large);
        await store.download("a/large", join(folder, "copy"));
        expect(readFileSync(join(folder, "copy")).equals(large)).toBe(true);
        await expect(store.download("a/none", join(folder, "none"))).rejects.toThrow(
          `There is no object a/none in ${store.url}.`,
        );
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it("writes just the bytes of a view on a larger buffer", async () => {
      await store.write("part", bytes("0123456789").subarray(3, 6));
      expect(String(await store.read("part"))).toBe("345");
    });

    it("tells what exists; a folder is no object", async () => {
      await store.write("a/b", bytes("x"));
      expect(await Promise.all(["a/b", "a", "a/c", "b"].map((key) => store.exists(key)))).toEqual([
        true,
        false,
        false,
        false,
      ]);
    });

    it("says which object is missing", async () => {
      await store.write("a/b", bytes("x"));
      for (const key of ["a/c", "a", "NotFound"]) {
        const reading = store.read(key);
        await expect(reading).rejects.toHaveProperty("name", "ObjectNotFoundError");
        await expect(reading).rejects.toThrow(`There is no object ${key} in ${store.url}.`);
      }
    });

    it("lists one level, sorted, folders with a slash, nothing of its own", async () => {
      for (const key of ["m/2/x", "m/10/x", "m/f", "other"]) await store.write(key, bytes("x"));
      expect(await store.list("m/")).toEqual(["10/", "2/", "f"]);
      expect(await store.list("")).toEqual(["m/", "other"]);
      expect(await store.list("absent/")).toEqual([]);
    });

    it("deletes, also what is not there", async () => {
      await store.write("a", bytes("x"));
      await store.delete("a");
      await store.delete("a");
      expect(await store.exists("a")).toBe(false);
    });

    it.each(["", "/a", "a//b", "../a", "a/../../b", "a/./b", "a/"])("refuses the key %j", async (key) => {
      const message = `The object key ${JSON.stringify(key)} is not allowed. Allowed: names with a slash between, none of them empty, "." or "..".`;
      await expect(store.read(key)).rejects.toThrow(message);
      await expect(store.write(key, bytes("x"))).rejects.toThrow(message);
      await expect(store.exists(key)).rejects.toThrow(message);
      await expect(store.delete(key)).rejects.toThrow(message);
    });

    it("never shows a part of an object that is being replaced", async () => {
      const [first, second] = [Buffer.alloc(300_000, 1), Buffer.alloc(300_000, 2)];
      await store.write("a", first);
      const writing = (async () => {
        for (let turn = 0; turn < 20; turn++) await store.write("a", turn % 2 ? first : second);
      })();
      for (let turn = 0; turn < 40; turn++) {
        const read = await store.read("a");
        expect(read.equals(first) || read.equals(second)).toBe(true);
      }
      await writing;
    });
  });
}
