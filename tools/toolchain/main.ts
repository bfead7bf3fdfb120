/** Prints the pulumi that this machine will use as one JSON line, getting it first if need be: `tsx tools/toolchain/main.ts`. */
import { ToolchainError } from "./errors";
import { resolvePulumi } from "./resolve";

resolvePulumi({ env: process.env, report: (line) => console.error(line) }).then(
  (pulumi) => console.log(JSON.stringify(pulumi)),
  (error: unknown) => {
    if (!(error instanceof ToolchainError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  },
);
