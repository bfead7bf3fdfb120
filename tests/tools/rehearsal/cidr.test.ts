import { assert, integer, nat, property } from "fast-check";
import { addressIn, cidrContains, cidrsOverlap, parseCidr } from "../../../tools/rehearsal/cidr";

const text = (start: number, bits: number) => {
  const size = 2 ** (32 - bits);
  const first = Math.floor(start / size) * size;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${bits}`;
};
const address = nat(2 ** 32 - 1);
const length = integer({ min: 0, max: 32 });

describe("cidr", () => {
  test.each(["10.0.0.0", "10.0.0/16", "10.0.0.0/33", "256.0.0.0/8", "10.0.0.1/24", "", "::/0"])(
    "%s is no IPv4 network",
    (wrong) => {
      expect(parseCidr(wrong)).toBeUndefined();
      expect(cidrContains("0.0.0.0/0", wrong)).toBe(false);
      expect(cidrsOverlap("0.0.0.0/0", wrong)).toBe(false);
    },
  );

  test("two networks overlap exactly when one contains the other", () => {
    assert(
      property(address, length, address, length, (a, aBits, b, bBits) => {
        const [left, right] = [text(a, aBits), text(b, bBits)];
        expect(cidrsOverlap(left, right)).toBe(cidrContains(left, right) || cidrContains(right, left));
      }),
    );
  });

  test("every address of a network lies in it", () => {
    assert(
      property(address, length, nat(), (start, bits, index) => {
        expect(cidrContains(text(start, bits), `${addressIn(text(start, bits), index)}/32`)).toBe(true);
      }),
    );
  });

  test("counts addresses from the first", () => {
    expect(addressIn("10.1.0.0/16", 2)).toBe("10.1.0.2");
    expect(() => addressIn("10.1.0.0", 2)).toThrow(new RangeError("10.1.0.0 is no IPv4 network."));
  });
});
