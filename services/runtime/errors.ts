/**
 * An error whose cause is the caller's request or a stated condition of the service, with a stable code that
 * clients may branch on. Everything else that is thrown is a bug and becomes a 500 without details.
 */
export class ServiceError extends Error {
  override readonly name = "ServiceError";

  constructor(
    /** HTTP status, 400 to 599. */
    readonly status: number,
    /** Stable, lower_snake_case; never reused with another meaning. */
    readonly code: string,
    /** What is wrong, the value seen, what is allowed. */
    message: string,
    /** Machine-readable particulars, JSON. */
    readonly details?: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }

  /** The JSON body of every error answer outside the Open Inference Protocol's routes. */
  toBody(): { error: { code: string; message: string; details?: Readonly<Record<string, unknown>> } } {
    const { code, message, details } = this;
    return { error: details ? { code, message, details } : { code, message } };
  }
}
