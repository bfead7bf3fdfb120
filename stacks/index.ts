import * as pulumi from "@pulumi/pulumi";
import { BundleError } from "../components/local/bundle";
import { ConfigError, readConfig } from "./config";
import { createPlatform } from "./platform";

/** The program: configuration in, platform up, outputs out. The engine takes the module's exports as stack outputs. */
function main() {
  try {
    return createPlatform(readConfig(pulumi.getStack()));
  } catch (error) {
    // These are for the reader: the engine shows a RunError's text without a stack trace.
    const wrongArguments = pulumi.InputPropertiesError.isInstance(error);
    if (error instanceof ConfigError || error instanceof BundleError || wrongArguments) {
      throw new pulumi.RunError((error as Error).message);
    }
    throw error;
  }
}

export = main();
