/**
 * Gets the pulumi that this machine will use, if need be, and prints one JSON line: path, origin and version, or an
 * error with exit code 1. Progress goes to standard error. Run it as `tsx tools/toolchain/main.ts`.
 */
import { ToolchainError } from "./errors";
import { resolvePulumi } from "./resolve";

resolvePulumi({ env: process.env, report: (line) => console.error(line) }).then(
  (pulumi) => console.log(JSON.stringify(pulumi)),
  (error: unknown) => {
    if (!(error instanceof ToolchainError)) throw error;
    console.log(JSON.stringify({ error: error.message }));
    process.exitCode = 1;
  },
);
