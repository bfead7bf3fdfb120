/** What went wrong and what to do about it, in one paragraph; the command line prints it and exits 1. */
export class CliError extends Error {
  override readonly name = "CliError";
}
