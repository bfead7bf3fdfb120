import type { ColumnKind } from "../../../../services/drift/columns";
import { correlationProblems } from "../../../../services/drift/quality/correlations";
import { profileTable } from "../../../../services/drift/tableProfile";
import { normalTable } from "../../../support/normalTable";

/** Three columns of which c follows a by a share. */
const profile = (rows: number, seed: number, share: number) => {
  const { values } = normalTable(rows, 3, seed);
  const column = (j: number) => Array.from({ length: rows }, (_, i) => values[3 * i + j] as number);
  const [a, b, rest] = [column(0), column(1), column(2)];
  const c = rest.map((value, i) => share * (a[i] as number) + Math.sqrt(1 - share * share) * value);
  const kinds = new Map<string, ColumnKind>(["a", "b", "c"].map((name) => [name, "numeric"]));
  return profileTable({ a, b, c }, kinds, new Map());
};

describe("correlationProblems", () => {
  it("names the pair that no longer moves together", async () => {
    const [problem, ...others] = correlationProblems(await profile(300, 1, 0.9), await profile(300, 2, 0));
    expect(problem).toMatchObject({ check: "correlation_changed", level: "warning", column: "c" });
    expect(problem?.message).toMatch(/^The correlation of "a" and "c" went from 0\.[89]\d to -?0\.\d\d\.$/);
    expect(others).toEqual([]);
  });

  it("hardly ever accuses tables that are alike, and says nothing of tables too small", async () => {
    let accused = 0;
    for (let seed = 0; seed < 200; seed++) {
      accused += correlationProblems(await profile(60, 2 * seed, 0.5), await profile(40, 2 * seed + 1, 0.5)).length;
    }
    expect(accused).toBeLessThanOrEqual(2);
    expect(correlationProblems(await profile(300, 1, 0.9), await profile(10, 2, 0))).toEqual([]);
  });
});
