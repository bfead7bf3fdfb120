/**
 * Gets a tool that this machine will use, if need be, and prints one JSON line: where it is, or an error with exit
 * code 1. Progress goes to standard error. Run it as `tsx tools/toolchain/main.ts [pulumi|controlPlane|loki]`.
 */
import { resolveControlPlane } from "./controlPlane";
import { ToolchainError } from "./errors";
import { resolveLoki } from "./loki";
import { resolvePulumi } from "./resolve";

const args = { env: process.env, report: (line: string) => console.error(line) };
const resolvers: Readonly<Record<string, () => Promise<unknown>>> = {
  controlPlane: () => resolveControlPlane(args),
  loki: () => resolveLoki(args),
};
const resolved = (resolvers[process.argv[2] ?? ""] ?? (() => resolvePulumi(args)))();
resolved.then(
  (tool) => console.log(JSON.stringify(tool)),
  (error: unknown) => {
    if (!(error instanceof ToolchainError)) throw error;
    console.log(JSON.stringify({ error: error.message }));
    process.exitCode = 1;
  },
);
