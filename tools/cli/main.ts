import { ToolchainError } from "../toolchain/errors";
import { CliError } from "./cliError";
import { runCommand } from "./commands";
import { createContext } from "./context";

/** Runs the command line that this process was given; errors are a paragraph for the reader, never a stack trace. */
async function main(): Promise<void> {
  // `npm run logs | head` closes our output while we write.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const context = createContext(process.cwd(), process.env);
  try {
    process.exitCode = await runCommand(context, process.argv.slice(2));
  } catch (error) {
    const known = error instanceof CliError || error instanceof ToolchainError;
    context.note(known ? error.message : `Tideline failed in a way that it does not know: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

// Until pulumi runs and is told itself, an interrupt ends us by an exit, so that a build under way is ended with us.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(130);
  });
}

void main();
