import { sortSample } from "../../../../services/drift/statistics/samples";
import { forEachTieGroup } from "../../../../services/drift/statistics/tieGroups";

test("every distinct value once, ascending, with its count on each side", () => {
  const groups: [number, number][] = [];
  forEachTieGroup(sortSample([1, 2, 2, 9]), sortSample([2, 3, 3, 3]), (a, b) => groups.push([a, b]));
  expect(groups).toEqual([
    [1, 0],
    [2, 1],
    [0, 3],
    [1, 0],
  ]);
});

test("an empty side counts nothing", () => {
  const groups: [number, number][] = [];
  forEachTieGroup(new Float64Array(0), sortSample([5, 5]), (a, b) => groups.push([a, b]));
  expect(groups).toEqual([[0, 2]]);
});
