import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readAliases, writeAliases } from "../../../services/runtime/modelAliases";
import { openObjectStore } from "../../../services/runtime/objectStore";
import { temporaryFolder } from "../../support/temporaryFolder";

const root = temporaryFolder();
const store = openObjectStore(`file://${root}`);

describe("a model's aliases", () => {
  it("are those that were written; none before", async () => {
    expect(await readAliases(store, "toy")).toEqual({});
    await writeAliases(store, "toy", { Production: "3", champion: "2" });
    expect(await readAliases(store, "toy")).toEqual({ Production: "3", champion: "2" });
  });

  it("are refused when they are damaged or no versions", async () => {
    await expect(writeAliases(store, "toy", { "1x": "3" })).rejects.toThrow();
    await writeAliases(store, "toy", { Production: "3" });
    writeFileSync(join(root, "toy/aliases.json"), '{"Production": 3}');
    await expect(readAliases(store, "toy")).rejects.toThrow(
      "toy/aliases.json does not fit its schema:\n✖ Invalid input: expected string, received number\n  → at Production",
    );
    writeFileSync(join(root, "toy/aliases.json"), "{");
    await expect(readAliases(store, "toy")).rejects.toThrow("toy/aliases.json is not JSON: ");
  });
});
