import { detectionsIn } from "../../../../services/drift/statistics/driftDetector";
import { KolmogorovSmirnovWindow } from "../../../../services/drift/statistics/kolmogorovSmirnovWindow";
import { SeededRandom } from "../../../../services/drift/statistics/seededRandom";

function uniformSteps(seed: number, shift: number): number[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: 1000 }, (_, i) => random.uniform() + (i < 500 ? 0 : shift));
}

test("a step is noticed within the newest values, and a seed fixes where", () => {
  const stream = uniformSteps(1, 1);
  const places = detectionsIn(new KolmogorovSmirnovWindow({ alpha: 1e-4 }), stream);
  expect(places).toHaveLength(1);
  expect(places[0]).toBeGreaterThan(500);
  expect(places[0]).toBeLessThan(530);
  expect(detectionsIn(new KolmogorovSmirnovWindow({ alpha: 1e-4 }), stream)).toEqual(places);
});

test("no step, no alarm at a strict level; nothing before the window is full", () => {
  expect(detectionsIn(new KolmogorovSmirnovWindow({ alpha: 1e-6 }), uniformSteps(2, 0))).toEqual([]);
  const early = uniformSteps(3, 0)
    .slice(0, 99)
    .map((value, i) => value + (i > 60 ? 9 : 0));
  expect(detectionsIn(new KolmogorovSmirnovWindow(), early)).toEqual([]);
});

test("a window without room for two samples is refused", () => {
  expect(() => new KolmogorovSmirnovWindow({ windowSize: 50, statisticSize: 30 })).toThrow(
    "a window of 50 has no two samples of 30: the window must hold at least twice as many",
  );
});
