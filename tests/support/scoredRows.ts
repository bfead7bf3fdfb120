import { SeededRandom } from "../../services/drift/statistics/seededRandom";

/** Scores spread over 0 to 1, and labels that are positive with that chance, or with one made of it. */
export function scoredRows(rows: number, seed: number, chance: (score: number) => number = (score) => score) {
  const random = new SeededRandom(seed);
  const scores = Float64Array.from({ length: rows }, () => {
    const uniform = random.uniform();
    // Most scores are sure ones, as a classifier's are.
    return uniform < 0.5 ? 2 * uniform * uniform : 1 - 2 * (1 - uniform) ** 2;
  });
  const labels = Uint8Array.from(scores, (score) => (random.uniform() < chance(score) ? 1 : 0));
  return { scores, labels };
}
