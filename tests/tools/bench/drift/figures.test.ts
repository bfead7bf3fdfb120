import type { Round } from "../../../../tools/bench/drift/contender";
import { figuresOf, requireAgreement, toText } from "../../../../tools/bench/drift/figures";

const round = (cpu: number, bytes?: number): Round => ({
  wall: 2 * cpu,
  cpu,
  values: {},
  ...(bytes === undefined ? {} : { bytes }),
});
const ours = [
  ["cold", [round(2), round(1), round(3)]],
  ["stored", [round(0.5)]],
  ["stream", [round(4, 99)]],
] as const;

describe("figures of the drift benchmark", () => {
  it("are medians, and theirs over ours in processor time", () => {
    const rounds = new Map<string, readonly Round[]>([...ours, ["evidently", [round(60)]]]);
    const figures = figuresOf({ rows: 1000, columns: 2 }, rounds, undefined);
    expect(figures.cases.cold).toEqual({ cpu_seconds: 2, wall_seconds: 4, rounds: 3 });
    expect(figures.ratios).toMatchObject({ evidently_cold: 30, evidently_stored: 120, alibi_ks_cold: null });
    expect([figures.stream_rows_per_second, figures.stream_sketch_bytes]).toEqual([250, 99]);
  });

  it("say why a peer is absent, and of no ratio that it is one", () => {
    const figures = figuresOf({ rows: 1000, columns: 2 }, new Map<string, readonly Round[]>(ours), {
      absent: "no Python",
    });
    expect(new Set(Object.values(figures.ratios))).toEqual(new Set([null]));
    const text = toText([figures], ["Conditions."]);
    expect(text).toContain(
      "1,000 rows x 2 columns\n  cold                     2.00 s of processor,     4.00 s by the clock\n",
    );
    expect(text).toContain("  evidently            absent: no Python\n");
    expect(text).toContain("  evidently_cold         unknown\n");
    expect(text).toMatch(/ {2}streaming: 250 rows\/s a core, 99 bytes of sketches\n\nConditions\.$/);
  });

  it("are not had of contenders that found different things", () => {
    expect(() => requireAgreement("pair", { a: 1 }, { a: 1 + 1e-9 })).not.toThrow();
    expect(() => requireAgreement("pair", { a: 1, b: 2 }, { a: 1, b: 2.1 })).toThrow(
      "pair: column b is 2 by ours and 2.1 by the peer; the same work is not measured.",
    );
    expect(() => requireAgreement("pair", {}, { a: 1 })).toThrow("column a is NaN by ours");
  });
});
