import fc from "fast-check";
import { parseColumns } from "../../../services/drift/columns";
import { type ColumnSummary, summarise } from "../../../services/drift/summary";
import { contentHash, decodeSummary, encodeSummary, SummaryFormatError } from "../../../services/drift/summaryCodec";

const value = fc.option(fc.double({ noNaN: true, min: -1e150, max: 1e150 }), { freq: 5 });
const numbers = fc.array(value, { minLength: 1, maxLength: 200 });
const words = fc.array(fc.option(fc.string()), { minLength: 1, maxLength: 50 });

const summaryOf = (values: readonly unknown[], kind: "numeric" | "categorical"): ColumnSummary => {
  const [column] = parseColumns({ x: values }, { x: kind });
  if (!column) throw new Error("no column");
  return summarise(column);
};

describe("summary codec", () => {
  it("gives back every summary as it was", () => {
    fc.assert(
      fc.property(numbers, words, (some, others) => {
        for (const summary of [summaryOf(some, "numeric"), summaryOf(others, "categorical")]) {
          expect(decodeSummary(encodeSummary(summary))).toEqual(summary);
        }
      }),
    );
  });

  it("stores few distinct values as their counts", () => {
    const summary = summaryOf(
      Array.from({ length: 10_000 }, (_, i) => i % 3),
      "numeric",
    );
    expect(encodeSummary(summary).length).toBeLessThan(1_000);
    expect(decodeSummary(encodeSummary(summary))).toEqual(summary);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["no JSON", Buffer.from([2, 0, 0, 0, 65, 65])],
    [
      "cut short",
      encodeSummary(
        summaryOf(
          Array.from({ length: 60 }, (_, i) => i),
          "numeric",
        ),
      ).subarray(0, -3),
    ],
  ])("refuses bytes that are no summary: %s", (_, bytes) => {
    expect(() => decodeSummary(bytes)).toThrow(SummaryFormatError);
  });

  it("says what is wrong with a later version", () => {
    const text = Buffer.from(JSON.stringify({ version: 2, kind: "numeric" }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    expect(() => decodeSummary(Buffer.concat([length, text]))).toThrow(
      "A stored summary cannot be read: ✖ Invalid input: expected 1",
    );
  });
});

describe("contentHash", () => {
  it("does not depend on the order of rows or columns, and on everything else", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const a = summaryOf(values, "numeric");
        const b = { ...summaryOf(["x"], "categorical"), name: "y" };
        const hash = contentHash([a, b]);
        expect(contentHash([b, summaryOf([...values].reverse(), "numeric")])).toBe(hash);
        expect(contentHash([a])).not.toBe(hash);
        expect(contentHash([summaryOf([...values, null], "numeric"), b])).not.toBe(hash);
        expect(contentHash([summaryOf([...values, 1e9], "numeric"), b])).not.toBe(hash);
        expect(contentHash([{ ...a, name: "z" }, b])).not.toBe(hash);
      }),
    );
  });
});
