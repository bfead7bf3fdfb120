import {
  Table as ArrowTable,
  Bool,
  Dictionary,
  Float16,
  Int32,
  Int64,
  type Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { arrowColumns, openArrow } from "../../../../services/drift/files/arrowTable";
import { TableFileError } from "../../../../services/drift/files/tableFileError";
import type { ColumnBatch } from "../../../../services/drift/sketches/tableSketch";

const table: Table = new ArrowTable({
  x: vectorFromArray([1.5, null, Number.NaN]),
  small: vectorFromArray([0.5, null, 2], new Float16()),
  big: vectorFromArray([1n, 2n, null], new Int64()),
  word: vectorFromArray(["a", null, "b"], new Utf8()),
  colour: vectorFromArray(["red", "red", null], new Dictionary(new Utf8(), new Int32())),
  on: vectorFromArray([true, false, null], new Bool()),
});
async function* pieces(bytes: Uint8Array, size = 100): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe("arrowColumns", () => {
  it.each(["stream", "file"] as const)("reads a body, as %s, into columns", (form) => {
    expect(arrowColumns(tableToIPC(table, form))).toEqual({
      x: Float64Array.of(1.5, Number.NaN, Number.NaN),
      small: Float64Array.of(0.5, Number.NaN, 2),
      big: Float64Array.of(1, 2, Number.NaN),
      word: ["a", null, "b"],
      colour: ["red", "red", null],
      on: ["true", "false", null],
    });
  });

  it("says what is wrong with other bytes and types", () => {
    const cut = tableToIPC(table).subarray(0, -300);
    expect(() => arrowColumns(cut)).toThrow(TableFileError);
    expect(() => arrowColumns(Buffer.from("hello world, this is none"))).toThrow(
      "The body cannot be read as Arrow IPC: ",
    );
    expect(() => arrowColumns(new Uint8Array())).toThrow("The body is no Arrow IPC stream: it has no columns.");
    const times = new ArrowTable({ t: vectorFromArray([new Date(0)], new TimestampMillisecond()) });
    expect(() => arrowColumns(tableToIPC(times))).toThrow(
      'The body has the column "t" of type Timestamp<MILLISECOND>; numbers, text, dictionaries of text and booleans are allowed. Leave it out, or cast it.',
    );
  });
});

describe("openArrow", () => {
  it("reads a stream batch by batch, whatever pieces it comes in", async () => {
    const stream = await openArrow(pieces(tableToIPC(table)), "x.arrow");
    expect(stream.columns.map(({ name, kind }) => `${name} ${kind}`).slice(2, 4)).toEqual([
      "big numeric",
      "word categorical",
    ]);
    const batches: ReadonlyMap<string, ColumnBatch>[] = [];
    await stream.read(["word", "x"], (batch) => batches.push(batch));
    expect(batches).toEqual([
      new Map<string, ColumnBatch>([
        ["word", ["a", null, "b"]],
        ["x", Float64Array.of(1.5, Number.NaN, Number.NaN)],
      ]),
    ]);
  });

  it("names the file that is none", async () => {
    await expect(openArrow(pieces(Buffer.from("hello world, this is none")), "x.arrow")).rejects.toThrow(/^x\.arrow /);
    await expect(openArrow(pieces(new Uint8Array()), "x.arrow")).rejects.toThrow(
      new TableFileError("x.arrow is no Arrow IPC stream: it has no columns."),
    );
  });
});
