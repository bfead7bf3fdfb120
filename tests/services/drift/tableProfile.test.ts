import fc from "fast-check";
import type { ColumnKind } from "../../../services/drift/columns";
import { profileTable } from "../../../services/drift/tableProfile";

const kinds = new Map<string, ColumnKind>([
  ["n", "numeric"],
  ["c", "categorical"],
]);

describe("profileTable", () => {
  it("counts rows that repeat an earlier one, as a set of the rows does", () => {
    const cell = fc.tuple(fc.option(fc.integer({ min: -2, max: 2 })), fc.option(fc.constantFrom("a", "b", "-1")));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 60 }), (rows) => {
        const profile = profileTable({ n: rows.map(([n]) => n), c: rows.map(([, c]) => c) }, kinds);
        expect(profile.duplicateRows).toBe(rows.length - new Set(rows.map((row) => JSON.stringify(row))).size);
      }),
      { numRuns: 100 },
    );
  });

  it("samples a bounded number of whole rows, the same ones each time, and keeps their order", () => {
    const n = Array.from({ length: 5000 }, (_, i) => i);
    const table = { n, c: n.map((i) => `row ${i}`) };
    const profile = profileTable(table, kinds);
    expect([profile.rows, profile.sampledRows]).toEqual([5000, 1000]);
    const [numbers, texts] = [profile.sample.get("n")?.values ?? [], profile.sample.get("c")?.values ?? []];
    expect([...numbers].map((i) => `row ${i}`)).toEqual([...texts]);
    expect([...numbers]).toEqual([...numbers].sort((a, b) => Number(a) - Number(b)));
    expect(profileTable(table, kinds)).toEqual(profile);
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, c) => [`x${c}`, n]));
    const wideKinds = new Map(Object.keys(wide).map((name) => [name, "numeric" as const]));
    expect(profileTable(wide, wideKinds).sampledRows).toBe(200);
  });

  it("measures how neighbours resemble each other among the values present", () => {
    const profile = profileTable({ n: [1, null, 2, 3, null, 4], c: ["a", "a", "a", "a", "a", "a"] }, kinds);
    expect([...profile.lag1]).toEqual([["n", expect.closeTo(0.25, 12)]]);
  });
});
