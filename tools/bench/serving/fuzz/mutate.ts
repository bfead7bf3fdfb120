/** Numbers from 0 to 1. */
export type Random = () => number;

/** Pieces on which parsers stumble: edges of numbers, of texts and of structure. */
const PIECES = [
  ...["null", "true", "{}", "[]", '""', "-0", "1e999", "-1e999", "1e-999", "NaN", "Infinity", "0x10", "01", "1."],
  ...["9007199254740993", "-9223372036854775809", "18446744073709551616", "3.5e38", "65505", "4294967296", "-1"],
  ...['"\\ud800"', '"\\u0000"', "\u0000", "\ufeff", "\ud83d\ude00", "é", "\\", '"', ",", ":", "[", "]", "{", "}"],
  ...['"__proto__":{}', '"constructor":1', "[[[[[[[[[[[[", "]]]]]]]]]]]]", " ".repeat(64), "9".repeat(400)],
  ...['"binary_data_size":99999999999', '"shape":[0]', '"shape":[-1,3]', '"shape":[1e9,1e9]', '"datatype":"BYTES"'],
].map((piece) => Buffer.from(piece));
/** Structure deeper than any sound request; a parser that descends by calls must not run out of stack. */
const DEEP = Buffer.from("[".repeat(50_000));
const MOST_CHANGES = 5;
const MOST_BYTES = 1 << 17;

/** A sound input with a few changes: bytes turned, cut out, doubled, swapped for edge cases, or of another input. */
export function mutate(corpus: readonly Buffer[], random: Random): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  let bytes = pick(corpus);
  for (let change = 1 + below(MOST_CHANGES); change > 0; change--) {
    const from = below(bytes.length + 1);
    const to = Math.min(bytes.length, from + below(random() < 0.8 ? 8 : bytes.length + 1));
    const [before, middle, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
    bytes = Buffer.concat(replacement(before, middle, after));
  }
  return bytes.subarray(0, MOST_BYTES);

  function replacement(before: Buffer, middle: Buffer, after: Buffer): Buffer[] {
    switch (below(7)) {
      case 0:
        return [before, Buffer.from([below(256)]), after.subarray(1)];
      case 1:
        return [before, after];
      case 2:
        return [before, middle, middle, after];
      case 3:
        return [before, pick(PIECES), after];
      case 4: {
        const other = pick(corpus);
        return [before, other.subarray(below(other.length + 1))];
      }
      case 5:
        return [before, Buffer.from(Array.from({ length: below(16) }, () => below(256))), after];
      default:
        return random() < 0.01 ? [before, DEEP, after] : [before, pick(PIECES), middle, after];
    }
  }
}
