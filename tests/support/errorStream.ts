/**
 * Errors (1) and right predictions (0): 1,000 at a rate of 0.1, 1,000 at 0.3, 1,000 at 0.05, drawn by Park and Miller's
 * generator so that the reference tools can be given the very same stream.
 */
export function errorStream(seed = 2024): number[] {
  let state = seed;
  return [0.1, 0.3, 0.05].flatMap((rate) =>
    Array.from({ length: 1000 }, () => {
      state = (16807 * state) % 2147483647;
      return state / 2147483647 < rate ? 1 : 0;
    }),
  );
}
