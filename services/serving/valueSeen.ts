/** A value of a request as an error message shows it: short, and never by walking into it. */
export function valueSeen(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? "an array of 1" : `an array of ${value.length}`;
  switch (typeof value) {
    case "object":
      return value === null ? "null" : "an object";
    case "string":
      return value.length > 40
        ? `${JSON.stringify(value.slice(0, 40))}... (${value.length} characters)`
        : JSON.stringify(value);
    default:
      return String(value);
  }
}

/** Greatest magnitude that FP32 holds; a number beyond it would become infinite in the model. */
export const FP32_MAX = 3.4028234663852886e38;
