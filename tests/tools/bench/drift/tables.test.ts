import { statSync } from "node:fs";
import { join } from "node:path";
import { readTable, writeTable } from "../../../../tools/bench/drift/tables";
import { temporaryFolder } from "../../../support/temporaryFolder";

describe("tables of the drift benchmark", () => {
  const path = join(temporaryFolder(), "table");

  it("come back as they were written, the same each time", () => {
    const size = { rows: 500, columns: 6 };
    writeTable(path, size, "reference");
    expect(statSync(path).size).toBe(8 * 500 * 6);
    const table = readTable(path, size);
    expect(Object.keys(table)).toEqual(["c0", "c1", "c2", "c3", "c4", "c5"]);
    expect(new Set(table.c4).size).toBeLessThanOrEqual(20);
    expect(table.c3?.every((value) => value > 0)).toBe(true);
    writeTable(path, size, "reference");
    expect(readTable(path, size)).toEqual(table);
    writeTable(path, size, "window");
    expect(readTable(path, size)).not.toEqual(table);
  });
});
