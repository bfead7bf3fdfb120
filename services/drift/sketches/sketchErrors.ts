/** Bytes that are no sketch, are cut short, or were written by a later version. */
export class SketchFormatError extends Error {
  override readonly name = "SketchFormatError";
}

/** Two sketches that cannot be merged or compared, because they were made with different settings. */
export class SketchMismatchError extends Error {
  override readonly name = "SketchMismatchError";
}
