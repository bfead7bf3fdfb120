import fc from "fast-check";
import type { ColumnKind } from "../../../services/drift/columns";
import { profileTable } from "../../../services/drift/tableProfile";

const kinds = new Map<string, ColumnKind>([
  ["n", "numeric"],
  ["c", "categorical"],
]);

describe("profileTable", () => {
  it("counts rows that repeat an earlier one, as a set of the rows does", async () => {
    const cell = fc.tuple(fc.option(fc.integer({ min: -2, max: 2 })), fc.option(fc.constantFrom("a", "b", "-1")));
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 60 }), async (rows) => {
        const profile = await profileTable({ n: rows.map(([n]) => n), c: rows.map(([, c]) => c) }, kinds, new Map());
        expect(profile.duplicateRows).toBe(rows.length - new Set(rows.map((row) => JSON.stringify(row))).size);
      }),
      { numRuns: 40 },
    );
  });

  it("samples a bounded number of whole rows, the same ones each time, and keeps their order", async () => {
    const n = Array.from({ length: 5000 }, (_, i) => i);
    const table = { n, c: n.map((i) => `row ${i}`) };
    const profile = await profileTable(table, kinds, new Map());
    expect([profile.rows, profile.sampledRows]).toEqual([5000, 1000]);
    const [numbers, texts] = [profile.sample.get("n")?.values ?? [], profile.sample.get("c")?.values ?? []];
    expect([...numbers].map((i) => `row ${i}`)).toEqual([...texts]);
    expect([...numbers]).toEqual([...numbers].sort((a, b) => Number(a) - Number(b)));
    expect(await profileTable(table, kinds, new Map())).toEqual(profile);
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, c) => [`x${c}`, n]));
    const wideKinds = new Map(Object.keys(wide).map((name) => [name, "numeric" as const]));
    expect((await profileTable(wide, wideKinds, new Map())).sampledRows).toBe(200);
  });
});
