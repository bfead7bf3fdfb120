/** Why no usable `pulumi` can be had by one way, in words for the person who ran the command. */
export class ToolchainError extends Error {
  override readonly name = "ToolchainError";
}
