/** Fails unless `actual` is within `relative` (default 1e-6) of `expected`, in parts of its size; 0 must be within 1e-12. */
export function expectNear(actual: number, expected: number, relative = 1e-6): void {
  const allowed = expected === 0 ? 1e-12 : Math.abs(expected) * relative;
  if (!(Math.abs(actual - expected) <= allowed)) {
    throw new Error(`${actual} is not within ${relative} (relative) of ${expected}`);
  }
}
