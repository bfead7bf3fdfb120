import fc from "fast-check";
import { BatchQueue, type Queued } from "../../../services/serving/batchQueue";

interface Item extends Queued {
  readonly id: number;
}

const item = fc.record({
  rows: fc.integer({ min: 1, max: 5 }),
  bucket: fc.constantFrom(undefined, "2", "3"),
  priority: fc.constantFrom(1, 128, 128, 128, 255),
});
/** A push, a removal of the item with that place, or a take. */
const step = fc.oneof(
  { weight: 5, arbitrary: item },
  { weight: 1, arbitrary: fc.nat(30) },
  { weight: 2, arbitrary: fc.constant("take" as const) },
);

describe("BatchQueue", () => {
  it("gives every item once, by priority and then in order within its bucket, in batches that fit", () => {
    const property = (steps: (Omit<Item, "id"> | number | "take")[], maxRows: number) => {
      const queue = new BatchQueue<Item>();
      let waiting: Item[] = [];
      const takeAndCheck = () => {
        const batch = queue.take(maxRows);
        const sorted = [...waiting].sort((a, b) => (a.priority ?? 128) - (b.priority ?? 128) || a.id - b.id);
        const candidates = sorted.filter(({ bucket }) => bucket === sorted[0]?.bucket);
        expect(batch).toEqual(candidates.slice(0, batch.length));
        const rows = batch.reduce((sum, each) => sum + each.rows, 0);
        if (batch.length > 1) expect(rows).toBeLessThanOrEqual(maxRows);
        const next = candidates[batch.length];
        if (next !== undefined) expect(rows + next.rows).toBeGreaterThan(maxRows);
        waiting = waiting.filter((each) => !batch.includes(each));
        return batch.length;
      };
      for (const [id, each] of steps.entries()) {
        if (each === "take") takeAndCheck();
        else if (typeof each === "number") {
          const [gone] = waiting.splice(each, 1);
          if (gone !== undefined) expect([queue.remove(gone), queue.remove(gone)]).toEqual([true, false]);
        } else {
          waiting.push({ ...each, id });
          queue.push(waiting.at(-1) as Item);
        }
        expect(queue.rows).toBe(waiting.reduce((sum, { rows }) => sum + rows, 0));
        expect(queue.empty).toBe(waiting.length === 0);
      }
      while (takeAndCheck() > 0);
      expect(waiting).toEqual([]);
    };
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 8 }), property), {
      numRuns: 500,
    });
  });
});
