import { ByteReader, ByteWriter } from "../../../../services/drift/sketches/portableBytes";
import { SketchFormatError } from "../../../../services/drift/sketches/sketchErrors";

describe("portable bytes", () => {
  it("writes the same bytes on every machine, and reads them back", () => {
    const writer = new ByteWriter();
    writer.uint8(7);
    writer.uint32(0x01020304);
    writer.float64(-0.5);
    writer.string("é");
    writer.float64s(Float64Array.of(1, Number.NaN, Number.NEGATIVE_INFINITY));
    const bytes = writer.finish();
    expect(Buffer.from(bytes.subarray(0, 19)).toString("hex")).toBe("0704030201000000000000e0bf02000000c3a9");
    const reader = new ByteReader(bytes);
    expect([reader.uint8(), reader.uint32(), reader.float64(), reader.string()]).toEqual([7, 0x01020304, -0.5, "é"]);
    expect(reader.float64s()).toEqual(Float64Array.of(1, Number.NaN, Number.NEGATIVE_INFINITY));
    reader.end();
  });

  it("grows to whatever is written", () => {
    const writer = new ByteWriter();
    for (let i = 0; i < 1000; i++) writer.float64(i);
    writer.block(new Uint8Array(9000).fill(3));
    const reader = new ByteReader(writer.finish());
    for (let i = 0; i < 1000; i++) expect(reader.float64()).toBe(i);
    expect(reader.block().every((byte) => byte === 3)).toBe(true);
  });

  it("says where bytes end too soon or too late", () => {
    expect(() => new ByteReader(new Uint8Array(3)).uint32()).toThrow(
      new SketchFormatError("A sketch is cut short: 4 bytes are needed at byte 0 of 3."),
    );
    expect(() => new ByteReader(new Uint8Array(2)).end()).toThrow(
      new SketchFormatError("A sketch has 2 bytes after its end: it is damaged."),
    );
  });
});
