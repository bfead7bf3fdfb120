import { assert, jsonValue, property } from "fast-check";
import { fromStruct, hasUnknown, toStruct, UNKNOWN } from "../../../tools/rehearsal/wire";

/** protobuf's own plain objects cannot hold this name, and no cloud has a property of it. */
const properties = jsonValue().filter((value) => !JSON.stringify(value).includes("__proto__"));

describe("properties on the wire", () => {
  test("come back as they were sent", () => {
    assert(
      property(properties, (value) => {
        const sent = JSON.parse(JSON.stringify({ value }));
        expect(fromStruct(toStruct(sent))).toEqual(sent);
      }),
    );
  });

  test("leave out what is undefined", () => {
    expect(fromStruct(toStruct({ a: undefined, b: { c: undefined, d: 1 } }))).toEqual({ b: { d: 1 } });
  });

  test("are empty when the message has none", () => {
    expect(fromStruct(undefined)).toEqual({});
  });

  test("have one mark for every kind of unknown", () => {
    const number = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";
    expect(fromStruct(toStruct({ size: number, list: [UNKNOWN] }))).toEqual({ size: UNKNOWN, list: [UNKNOWN] });
    expect(hasUnknown({ a: [{ b: UNKNOWN }] })).toBe(true);
    expect(hasUnknown({ a: [{ b: "known", c: null }] })).toBe(false);
  });
});
