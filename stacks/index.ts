import * as pulumi from "@pulumi/pulumi";
import { ConfigError, readConfig } from "./config";
import { createPlatform } from "./platform";

/** The program: configuration in, platform up, outputs out. The engine takes the module's exports as stack outputs. */
function main() {
  try {
    return createPlatform(readConfig(pulumi.getStack()));
  } catch (error) {
    if (error instanceof ConfigError) throw new pulumi.RunError(error.message);
    throw error;
  }
}

export = main();
