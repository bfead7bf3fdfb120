import fc from "fast-check";
import { RowReservoir } from "../../../services/serving/rowReservoir";

describe("RowReservoir", () => {
  it("keeps all rows while they fit, and as many as fit beyond that, each of them one that was offered", () => {
    const sizes = fc.record({ capacity: fc.integer({ min: 1, max: 20 }), rows: fc.integer({ min: 0, max: 100 }) });
    fc.assert(
      fc.property(sizes, ({ capacity, rows }) => {
        const reservoir = new RowReservoir(capacity);
        const stream = Array.from({ length: rows * 2 }, (_, index) => index);
        for (let row = 0; row < rows; row++) reservoir.offer(stream, row * 2, 2);
        expect(reservoir.seen).toBe(rows);
        const kept = reservoir.take();
        expect(kept).toHaveLength(Math.min(capacity, rows));
        expect(new Set(kept.map(([first]) => first)).size).toBe(kept.length);
        for (const [first = -1, second] of kept) expect([first % 2, second]).toEqual([0, first + 1]);
        expect([reservoir.seen, reservoir.take()]).toEqual([0, []]);
      }),
    );
  });

  it("keeps each row with the same probability", () => {
    const kept = new Array<number>(20).fill(0);
    for (let round = 0; round < 4000; round++) {
      const reservoir = new RowReservoir(5);
      for (let row = 0; row < 20; row++) reservoir.offer([row], 0, 1);
      for (const [row = 0] of reservoir.take()) kept[row] = (kept[row] ?? 0) + 1;
    }
    // Each is binomial with mean 1000 and deviation 27; eight deviations leave no room for chance.
    for (const count of kept) expect(Math.abs(count - 1000)).toBeLessThan(220);
  });
});
