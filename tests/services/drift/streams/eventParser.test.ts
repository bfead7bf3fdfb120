import fc from "fast-check";
import { type EventFormat, parseEvent } from "../../../../services/drift/streams/eventParser";
import { OTHER_SEGMENTS } from "../../../../services/drift/streams/windowedStream";

const format: EventFormat = {
  kinds: { size: "numeric", colour: "categorical" },
  timeField: "at",
  segmentField: "country",
  aheadMs: 1_000,
};
const parse = (message: unknown, time = 5_000, how = format) =>
  parseEvent(Buffer.from(JSON.stringify(message)), time, how);

describe("parseEvent", () => {
  it("reads values in the order of the columns, the time and the segment", () => {
    expect(parse({ colour: "red", at: 4_000, size: 2, country: "CH", more: {} })).toEqual({
      time: 4_000,
      values: [2, "red"],
      segment: "CH",
    });
    expect(parse({ colour: true, at: "1970-01-01T00:00:03Z", country: 7 })).toEqual({
      time: 3_000,
      values: [Number.NaN, "true"],
      segment: "7",
    });
  });

  it("takes the message's time when no field is named, and no segment when it lacks one", () => {
    const { timeField: _, ...untimed } = format;
    expect(parse({ size: null }, 77, untimed)).toEqual({ time: 77, values: [Number.NaN, null], segment: undefined });
    expect(parse({ size: 1 }, -1, untimed)).toBe("malformed");
    expect(parse({ size: 1, at: 9e9 }, -1)).toMatchObject({ time: 9e9 });
  });

  it("keeps segments that the database cannot take among the others", () => {
    for (const country of ["a\u0000b", "\ud800"])
      expect(parse({ at: 0, country })).toMatchObject({ segment: OTHER_SEGMENTS });
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[1]"],
    ["null", "null"],
    ["a time that is none", '{"at":"soon"}'],
    ["no time", '{"size":1}'],
    ["a number that is text", '{"at":1,"size":"1"}'],
    ["a category that is an object", '{"at":1,"colour":{}}'],
  ])("says that a message is malformed: %s", (_, text) => {
    expect(parseEvent(Buffer.from(text), 5_000, format)).toBe("malformed");
  });

  it("refuses times far ahead of the message, and messages without a value", () => {
    expect(parse({ at: 6_001 })).toBe("ahead");
    expect(parse({ at: 6_000 })).toMatchObject({ time: 6_000 });
    expect(parseEvent(null, 0, format)).toBe("malformed");
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(parseEvent(bytes, 0, format)).toBeDefined() as undefined));
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(parse({ at: 1, size: value })).toBeDefined() as undefined));
  });
});
