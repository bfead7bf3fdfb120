import fc from "fast-check";
import { parseExactJson } from "../../../services/serving/exactJson";

describe("parseExactJson", () => {
  it("keeps whole numbers that a double cannot hold", () => {
    const text =
      '{"a":[9007199254740993,-9223372036854775808,18446744073709551615,1],"9007199254740993":"9007199254740993"}';
    expect(parseExactJson(text)).toEqual({
      a: [9007199254740993n, -9223372036854775808n, 18446744073709551615n, 1],
      "9007199254740993": "9007199254740993",
    });
  });

  it.each([
    ["fractions", "[0.12345678901234567890, 1234567890123456789.5]"],
    ["exponents", "[1234567890123456789e3, 12345678901234567890E-3]"],
    ["safe numbers", "[9007199254740991, 1000000000000000]"],
    ["digits in texts", '["1234567890123456789", "\\"1234567890123456789", "\\\\"]'],
  ])("leaves %s as JSON.parse has them", (_, text) => {
    expect(parseExactJson(text)).toEqual(JSON.parse(text));
  });

  it.each(["", "{", "[01234567890123456789]", "{12345678901234567890:1}", "[1 2345678901234567890]"])(
    "refuses %j as JSON.parse does",
    (text) => {
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
    },
  );

  it("is JSON.parse on every value without such numbers, and exact on those with them", () => {
    fc.assert(
      fc.property(
        fc.json().filter((json) => !/\d{16}/.test(json)),
        fc.bigInt(),
        (json, big) => {
          expect(parseExactJson(json)).toEqual(JSON.parse(json));
          const number = Number(big);
          const [value, rest] = parseExactJson(`[${big},${json},"1234567890123456"]`) as [unknown, unknown];
          expect(value).toBe(Number.isSafeInteger(number) ? number : big);
          expect(rest).toEqual(JSON.parse(json));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("reads texts of many megabytes", () => {
    const long = `["${'\\"x'.repeat(1_000_000)}",9007199254740993]`;
    expect((parseExactJson(long) as unknown[])[1]).toBe(9007199254740993n);
  });
});
