import fc from "fast-check";
import { SeededRandom } from "../../../../services/drift/statistics/seededRandom";
import { sortNumbers } from "../../../../services/drift/statistics/sortNumbers";

const random = new SeededRandom(5);
const SIZE = 4_000;

describe("sortNumbers", () => {
  it.each<[string, () => number]>([
    ["of both signs", () => random.uniform() - 0.5],
    ["of all magnitudes", () => (random.uniform() - 0.5) * 10 ** (300 * (random.uniform() - 0.5))],
    ["few and repeated", () => random.index(7) - 3],
    ["that agree in the upper half of their bits", () => 1e9 + random.uniform() * 1e-3],
    ["and infinities", () => [1, -1, Infinity, -Infinity, 0][random.index(5)] as number],
  ])("puts many numbers %s in the order of the standard sort", (_, draw) => {
    const values = Float64Array.from({ length: SIZE }, draw);
    const before = values.slice();
    expect(sortNumbers(values)).toEqual(values.slice().sort());
    expect(values).toEqual(before);
  });

  it("sorts what is sorted, backwards, a part of a larger array, and short arrays", () => {
    const up = Float64Array.from({ length: SIZE }, (_, i) => i - SIZE / 2);
    expect(sortNumbers(up)).toEqual(up);
    expect(sortNumbers(up.slice().reverse())).toEqual(up);
    expect(sortNumbers(up.slice().reverse().subarray(1))).toEqual(up.slice(0, -1));
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true, maxLength: 40 }), (values) => {
        expect(sortNumbers(values)).toEqual(values.slice().sort());
      }),
    );
  });
});
